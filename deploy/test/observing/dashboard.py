"""The Grafana dashboard: its structure, and its queries as Prometheus would get them."""

import json
import re

VARIABLES = ["datasource", "cluster", "namespace", "workload"]
SOURCE = {"type": "prometheus", "uid": "${datasource}"}


def load(path):
    dashboard = json.loads(path.read_text())
    variables = {each["name"]: each for each in dashboard["templating"]["list"]}
    expect(list(variables) == VARIABLES, f"variables {list(variables)}")
    expect(variables["datasource"]["type"] == "datasource", "datasource is no variable of its kind")
    panels = dashboard["panels"]
    ids = [panel["id"] for panel in panels]
    expect(len(ids) == len(set(ids)), "ids that are not unique")
    for panel in panels:
        check(panel)
    check_places(panels)
    return dashboard


def check(panel):
    where = panel.get("title", panel["id"])
    expect(panel.get("title"), f"panel {where} has no title")
    if panel["type"] == "row":
        return
    expect(panel["description"].count("?"), f"{where} says no question that it answers")
    expect(panel["datasource"] == SOURCE, f"{where} is bound to one data source")
    expect(panel["fieldConfig"]["defaults"].get("unit"), f"{where} has no unit")
    refs = [target["refId"] for target in panel["targets"]]
    expect(refs and len(refs) == len(set(refs)), f"{where} has no query, or two of one name")
    for target in panel["targets"]:
        expect(target["datasource"] == SOURCE, f"{where} is bound to one data source")
        for name in VARIABLES[1:]:
            expect(f'{name}=~"${name}"' in target["expr"], f"{where} does not heed ${name}")


def check_places(panels):
    taken = set()
    for panel in panels:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        expect(at["x"] + at["w"] <= 24 and not cells & taken, f"{panel['title']} lies over another panel")
        taken |= cells


def queries(dashboard, values):
    """Title and query of each target, with variables and Grafana's own intervals filled in."""
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], fill(target["expr"], values)


def variable_queries(dashboard, values):
    """Name, selector and label of each `label_values(selector, label)`."""
    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            selector, label = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"]).groups()
            yield variable["name"], fill(selector, values), label


def fill(text, values):
    for name, value in values.items():
        text = text.replace(f"${name}", value)
    expect("$" not in text, f"an unknown variable in {text}")
    return text


def expect(holds, problem):
    if not holds:
        raise SystemExit(f"dashboard: {problem}")

"""The Grafana dashboard: its structure, and its queries as Prometheus would get them."""

import json
import re

# What Grafana 10 writes; later versions lift it to their own, earlier ones may not read what is newer.
SCHEMA_VERSION = 38
# Grafana silently shows a bare number for a unit it does not know (packages/grafana-data, valueFormats/categories.ts).
UNITS = {"short", "s", "bytes", "reqps", "ops"}
# Which of its query types the editor of a Prometheus variable shows: 1 is label values; without it, none.
LABEL_VALUES = 1
VARIABLES = ["datasource", "cluster", "namespace", "workload"]
SOURCE = {"type": "prometheus", "uid": "${datasource}"}


def load(path):
    dashboard = json.loads(path.read_text())
    expect(dashboard["schemaVersion"] == SCHEMA_VERSION, f"schema version {dashboard['schemaVersion']}")
    expect(re.fullmatch(r"[\w-]{1,40}", dashboard["uid"]), f"uid {dashboard['uid']}")
    expect(not {"id", "__inputs", "__requires"} & set(dashboard), "it is bound to the Grafana that it was exported from")
    variables = {each["name"]: each for each in dashboard["templating"]["list"]}
    expect(list(variables) == VARIABLES, f"variables {list(variables)}")
    expect(variables["datasource"]["type"] == "datasource", "datasource is no variable of its kind")
    for variable in variables.values():
        if variable["type"] == "query":
            check_variable(variable)
    panels = dashboard["panels"]
    ids = [panel["id"] for panel in panels]
    expect(len(ids) == len(set(ids)), "ids that are not unique")
    for panel in panels:
        check(panel)
    check_places(panels)
    return dashboard


def check_variable(variable):
    where, query = variable["name"], variable["query"]
    expect(variable["datasource"] == SOURCE, f"{where} is bound to one data source")
    expect(query["qryType"] == LABEL_VALUES and query["refId"], f"{where}: not a query as Grafana writes it")
    expect(variable["definition"] == query["query"], f"{where} is listed as another query")


def check(panel):
    where = panel.get("title", panel["id"])
    expect(panel.get("title"), f"panel {where} has no title")
    if panel["type"] == "row":
        return
    expect(panel["description"].count("?"), f"{where} says no question that it answers")
    expect(panel["datasource"] == SOURCE, f"{where} is bound to one data source")
    unit = panel["fieldConfig"]["defaults"].get("unit")
    expect(unit in UNITS, f"{where} has the unit {unit}, which nobody has looked up in Grafana")
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
        expect(cells, f"{panel['title']} has no size")
        expect(at["x"] >= 0 and at["x"] + at["w"] <= 24 and not cells & taken, f"{panel['title']} lies over another panel")
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

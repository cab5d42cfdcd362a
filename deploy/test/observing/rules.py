"""The alerts as promtool and Prometheus read them, and the same alerts in a hurry."""

import re
import shutil
import subprocess

SECONDS = {"s": 1, "m": 60, "h": 3600}
DURATION = re.compile(r"(?<=\[)(\d+)([smh])(?=\])|(?<=for: )(\d+)([smh])\b")


def groups(manifest):
    """What stands below `spec:` of a PrometheusRule is a rule file."""
    _, spec = manifest.split("\nspec:\n", 1)
    return "\n".join(line[2:] for line in spec.splitlines()) + "\n"


def hurried(rules, factor):
    """The same rules with every window and every `for:` so many times shorter; thresholds stay as they are."""
    def shorten(match):
        number, unit = match.group(1) or match.group(3), match.group(2) or match.group(4)
        return f"{max(1, int(number) * SECONDS[unit] // factor)}s"
    return DURATION.sub(shorten, rules)


def names(rules):
    return re.findall(r"- alert: (\w+)", rules)


def check(folder, work):
    """promtool's own check, and the unit tests of the rules as they are shipped."""
    rules = groups((folder / "prometheusrule.yaml").read_text())
    (work / "rules.yaml").write_text(rules)
    subprocess.run(["promtool", "check", "rules", "--lint-fatal", str(work / "rules.yaml")], check=True)
    for tests in sorted((folder / "tests").glob("*.yaml")):
        shutil.copy(tests, work)
        subprocess.run(["promtool", "test", "rules", str(work / tests.name)], check=True)
    return rules

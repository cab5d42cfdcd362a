"""A Prometheus that scrapes and evaluates each second."""

import contextlib
import json
import subprocess
import urllib.parse
import urllib.request

CONFIG = """\
global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}
rule_files: [{rules}]
scrape_configs:
  - job_name: brokers
    static_configs:
"""
TARGET = """\
      - targets: ['127.0.0.1:{port}']
        labels: {{cluster: test, namespace: shop, workload: {name}, pod: {name}-0}}
"""


class Prometheus:
    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"

    def get(self, path, **parameters):
        with urllib.request.urlopen(f"{self.url}{path}?{urllib.parse.urlencode(parameters, True)}", timeout=10) as answer:
            return json.load(answer)["data"]

    def query(self, expression):
        return self.get("/api/v1/query", query=expression)["result"]

    def label_values(self, selector, label):
        return self.get(f"/api/v1/label/{label}/values", **{"match[]": selector})

    def is_ready(self):
        try:
            return urllib.request.urlopen(f"{self.url}/-/ready", timeout=5).status == 200
        except OSError:
            return False

    def firing(self):
        """Pairs of alert and workload that fire now."""
        return pairs(self.query('ALERTS{alertstate="firing"}'))

    def ever_fired(self):
        return pairs(self.query('count_over_time(ALERTS{alertstate="firing"}[30m])'))

    def up(self):
        return sum(float(each["value"][1]) for each in self.query("up"))


def pairs(result):
    return {(each["metric"]["alertname"], each["metric"].get("workload")) for each in result}


@contextlib.contextmanager
def prometheus(work, rules, targets, port):
    """Runs it on these rules and targets (name to port); its log stays in the folder."""
    (work / "hurried.yaml").write_text(rules)
    config = work / "prometheus.yml"
    config.write_text(CONFIG.format(rules=work / "hurried.yaml")
                      + "".join(TARGET.format(name=name, port=at) for name, at in targets.items()))
    with open(work / "prometheus.log", "w") as log:
        process = subprocess.Popen(
            ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={work}/tsdb",
             f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)
    try:
        yield Prometheus(port)
    finally:
        process.terminate()
        process.wait(30)

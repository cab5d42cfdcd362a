"""Brokers, a Prometheus that watches them, and one fault for each alert.

Time is bought by hurrying: all windows and `for:` of the rules are a thirtieth (rules.hurried); thresholds are as
shipped, so the token that cannot be renewed lives half a minute more than the ten minutes of its alert, and its
Entra wants it renewed soon, so that this fails while it is held.
"""

import base64
import contextlib
import json
import pathlib
import sys
import time

ROOT, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path[:0] = [str(ROOT / "deploy"), str(ROOT / "deploy/bench")]

import harness  # noqa: E402
import rig  # noqa: E402
import dashboard  # noqa: E402
import rules  # noqa: E402
from prometheus import prometheus  # noqa: E402
from workload import Workload, free_port, until  # noqa: E402

HURRY = 30
SHORT_LIFE = 630
SOON = 15
NOBODY = "cccccccc-0000-0000-0000-00000000000c"

EXPECTED = {
    ("TokenBrokerTokenEnds", "cut-off"), ("TokenBrokerEntraUnreachable", "cut-off"),
    ("TokenBrokerRefused", "unknown"), ("TokenBrokerFederatedTokenStale", "stale"),
    ("TokenBrokerRestarts", "restarting"), ("TokenBrokerCallersWait", "inventing"),
}


def main():
    folder = ROOT / "deploy/observability"
    board = dashboard.load(folder / "dashboard.json")
    shipped = rules.check(folder, WORK)
    ok("the rules and their unit tests, the dashboard's structure")
    expect({alert for alert, _ in EXPECTED} == set(rules.names(shipped)), "each alert has its fault here")
    with contextlib.ExitStack() as all_of_it, contextlib.ExitStack() as doomed:
        pod = all_of_it.enter_context(rig.entra())
        short = doomed.enter_context(rig.entra(token_seconds=SHORT_LIFE, refresh_seconds=SOON))
        brokers = {each.name: each for each in workloads(pod, short)}
        for broker in brokers.values():
            all_of_it.callback(broker.stop)
        for broker in brokers.values():
            until(f"{broker.name} that is up", broker.is_up)
        server = all_of_it.enter_context(prometheus(
            WORK, rules.hurried(shipped, HURRY), {name: broker.admin for name, broker in brokers.items()}, free_port()))
        watch(server, brokers, board, doomed)


def workloads(pod, short):
    jar = str(harness.BROKER_JAR)
    yield Workload("cut-off", WORK, jar, short)
    for name in ("healthy", "stale", "restarting", "inventing"):
        yield Workload(name, WORK, jar, pod)
    yield Workload("unknown", WORK, jar, pod, prefetch="", AZURE_CLIENT_ID=NOBODY)


def watch(server, brokers, board, doomed):
    until("Prometheus", server.is_ready)
    until("scrape of every broker", lambda: server.up() == len(brokers))
    brokers["healthy"].asks(of_one=0)
    time.sleep(5)
    expect(not server.ever_fired(), f"without a fault nothing fires: {server.ever_fired()}")
    ok("six brokers without a fault: no alert")
    inject(brokers, doomed)
    seen = set()
    for alert, name in sorted(EXPECTED):
        until(f"{alert} of {name} (seen: {seen})", lambda: (alert, name) in server.ever_fired(), 100)
        seen.add((alert, name))
        ok(f"{alert} fires for {name}")
    check_dashboard(server, board)
    expect(served_in_spite(server) > 0, "tokens are served although their renewal fails")
    expect(server.ever_fired() == EXPECTED, f"nothing else has fired: {server.ever_fired() - EXPECTED}")
    ok("no other alert, none for the healthy broker")


def inject(brokers, doomed):
    doomed.close()
    brokers["cut-off"].asks()
    brokers["unknown"].asks()
    brokers["inventing"].asks(of_one=3)
    projected_token_ends_in(200, brokers["stale"].token_file)
    restarting = brokers["restarting"]
    for _ in range(2):
        restarting.kill()
        restarting.start()
        until("restarted broker", restarting.is_up)
        time.sleep(2)


def projected_token_ends_in(seconds, path):
    """The kubelet has not renewed it; the broker reads its claims only, the signature is for Entra."""
    token = pathlib.Path(path).read_text()
    header, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    claims["exp"] = int(time.time()) + seconds
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    pathlib.Path(path).write_text(f"{header}.{payload}.{signature}")


def check_dashboard(server, board):
    values = {"cluster": "test", "namespace": ".*", "workload": ".*", "__rate_interval": "20s", "__range": "5m"}
    for name, selector, label in dashboard.variable_queries(board, values):
        expect(server.label_values(selector, label), f"variable {name} has values")
    queries = list(dashboard.queries(board, values))
    for title, query in queries:
        found = [each for each in server.query(query) if each["value"][1] != "NaN"]
        expect(found, f"panel {title} shows something: {query}")
    ok(f"{len(queries)} queries of the dashboard, none empty")


def served_in_spite(server):
    result = server.query('token_broker_served_during_failure_total{workload="cut-off"}')
    return float(result[0]["value"][1])


def ok(what):
    print(f"ok       observability: {what}", flush=True)


def expect(holds, promise):
    if not holds:
        raise SystemExit(f"FAILED   observability: not so: {promise}")


main()

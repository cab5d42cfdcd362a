#!/usr/bin/env python3
"""Measures and reports; `run` beside this file prepares what it needs.

    main.py OUT JDK25 [--quick]
"""

import pathlib
import shutil
import statistics
import sys
import time

import levers
import load
import process
import report
import rig
import sizes

MANY_SCOPES = ",".join(f"api://scope-{number}" for number in range(50))
A_DAY_OF_EXCHANGES = 50 * 32  # an hour's token is renewed after three quarters of its life


def starts(recipes, pod, runs):
    """Milliseconds from exec to ready and to the first token of a prefetched scope, runs interleaved."""
    taken = {recipe.name: {"token": [], "ready": []} for recipe in recipes}
    for _ in range(runs):
        for recipe in recipes:
            for what, condition in (("token", rig.token_is_there), ("ready", rig.is_ready)):
                with rig.broker(recipe, pod) as (_, start):
                    taken[recipe.name][what].append((rig.wait_for(what, condition) - start) * 1000)
    return {name: {what: statistics.median(all_of) for what, all_of in each.items()} for name, each in taken.items()}


def listening(recipe, pod, runs):
    """Milliseconds from exec to ready where nothing is prefetched, and of the first exchange after it."""
    ready, exchange = [], []
    for _ in range(runs):
        with rig.broker(recipe, pod, prefetch=None) as (_, start):
            up = rig.wait_for("ready", rig.is_ready)
            ready.append((up - start) * 1000)
            exchange.append((rig.wait_for("token", rig.token_is_there) - up) * 1000)
    return statistics.median(ready), statistics.median(exchange)


def memory(recipe, pod, requests):
    rows = []
    with rig.broker(recipe, pod, prefetch=None) as (broker, _):
        rig.wait_for("ready", rig.is_ready)
        time.sleep(10)  # what starting took is given back
        idle_cpu = process.idle_cpu(broker.pid, 30)
        rows.append(("idle", process.memory(broker.pid)))
        rig.wait_for("token", rig.token_is_there)
        rows.append(("after the first exchange", process.memory(broker.pid)))
        done = 0
        while done < requests:
            done += load.wrk(rig.LISTEN, 16, 5)["requests"]
        rows.append((f"after {done:,.0f} requests", process.memory(broker.pid)))
        time.sleep(60)
        rows.append(("a minute later", process.memory(broker.pid)))
        return rows, done, rig.exchanges(), idle_cpu


def a_day(recipe, exchanges):
    """A day's renewals of 50 scopes, one after another: tokens live eight seconds, the work is the same."""
    with rig.entra(token_seconds=8) as pod, rig.broker(recipe, pod, prefetch=MANY_SCOPES) as (broker, _):
        rig.wait_for("exchanges", lambda: rig.exchanges() >= exchanges, 900)
        return process.memory(broker.pid)


def throughput(recipe, pod, out, jdk25, runs, seconds):
    """Per way of connecting and server: medians of interleaved runs."""
    ways = [(1, False), (16, False), (64, False), (256, False), (16, True)]
    taken = {}
    with rig.broker(recipe, pod) as (broker, _):
        rig.wait_for("token", rig.token_is_there)
        body = rig.ask(rig.LISTEN, rig.TOKEN_PATH)[1]
        with load.nginx(out, body) as nginx_pid, load.jdk_server(jdk25, body, out) as jdk_pid, \
                load.bare_vertx(jdk25, out, out) as vertx_pid:
            servers = [("token-broker", broker.pid, rig.LISTEN), ("bare Vert.x", vertx_pid, load.VERTX_PORT),
                       ("nginx", nginx_pid, load.NGINX_PORT), ("JDK HttpServer", jdk_pid, load.JDK_PORT)]
            for _, pid, port in servers:  # compiled code, warm files
                load.wrk(port, 16, 3 * seconds)
            for _ in range(runs):
                for way in ways:
                    for name, pid, port in servers:
                        taken.setdefault((way, name), []).append(load.measured(pid, port, way[0], seconds, way[1]))
    return {key: {field: statistics.median(each[field] for each in all_of) for field in all_of[0]}
            for key, all_of in taken.items()}


def main():
    out, jdk25 = pathlib.Path(sys.argv[1]), sys.argv[2]
    quick = "--quick" in sys.argv
    runs, seconds, requests, day = (1, 1, 20_000, 100) if quick else (5, 3, 1_000_000, A_DAY_OF_EXCHANGES)
    recipes = rig.recipes(out, jdk25)
    image = recipes[-1]
    results = {"machine": report.machine(), "runs": runs, "load": requests}
    with rig.entra() as pod:
        results["starts"] = starts(recipes, pod, runs)
        results["listening"] = listening(image, pod, runs)
        results["levers"] = levers.measure(out, jdk25, pod, runs)
        if shutil.which("wrk") and shutil.which("nginx"):
            results["memory"], results["requests"], results["exchanges"], results["idle_cpu"] = memory(
                image, pod, requests)
            results["under_load"] = levers.under_load(out, jdk25, pod, runs, requests // 2)
            results["throughput"] = throughput(image, pod, out, jdk25, runs, seconds)
        # The image lets nobody attach; here the tool that reads the figures must.
        tracked = rig.image_recipe(out, "-XX:NativeMemoryTracking=summary", "-XX:-DisableAttachMechanism")
        with rig.broker(tracked, pod) as (broker, _):
            rig.wait_for("token", rig.token_is_there)
            results["native"] = process.native_memory(jdk25, broker.pid)
    results["day"] = a_day(image, day)
    results["sizes"] = sizes.of(out)
    text = report.markdown(results)
    print(text)
    if not quick:
        report.write(text)


if __name__ == "__main__":
    main()

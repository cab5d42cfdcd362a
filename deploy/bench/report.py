"""The tables, as Markdown, between two marks in docs/performance.md."""

import datetime
import pathlib
import platform
import re
import subprocess

DOCUMENT = pathlib.Path("docs/performance.md")
BEGIN, END = "<!-- measured: deploy/bench/run writes this part -->", "<!-- end of the measured part -->"


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    cores = pathlib.Path("/proc/cpuinfo").read_text().count("processor\t")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    return (f"{datetime.date.today()}, commit {commit.stdout.strip()}, {cores} shared cores "
            f"({model.group(1).strip() if model else platform.machine()}), Linux {platform.release().split('-')[0]}, "
            f"load at the start {pathlib.Path('/proc/loadavg').read_text().split()[0]}")


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def megabytes(value):
    return f"{value:.1f}"


def markdown(results):
    parts = [f"Measured on {results['machine']}; medians of {results['runs']} interleaved runs; memory in the\nsecond and third table from one long run.\n"]
    parts += ["### Start\n", starts(results)]
    if "memory" in results:
        parts += ["### Memory, the image's recipe (MB)\n", memory(results)]
    parts += ["### Where the memory goes (Native Memory Tracking, committed MB, after the first exchange)\n",
              table(["category", "MB"], [(name, megabytes(size)) for name, size in results["native"][:12]])]
    if "throughput" in results:
        parts += ["### Requests, the image's recipe, beside servers of ready bytes\n", throughput(results)]
    parts += ["### What each lever gives (MB)\n", levers(results["levers"])]
    if "under_load" in results:
        parts.append(under_load(results["under_load"], results["load"]))
    parts += ["### Sizes (MB)\n", sizes(results["sizes"])]
    return "\n".join(parts)


def starts(results):
    rows = [(name, f"{each['token']:.0f}", f"{each['ready']:.0f}") for name, each in results["starts"].items()]
    ready, exchange = results["listening"]
    return table(["exec to … in ms", "first token of a prefetched scope", "ready, that scope prefetched"], rows) + (
        f"\nThe image with nothing prefetched: ready after {ready:.0f} ms, a first exchange within {exchange:.0f} ms "
        "more.\n")


def memory(results):
    rows = [*results["memory"], ("after a day's renewals of 50 scopes", results["day"])]
    text = table(["", "RSS", "PSS", "private", "threads"],
                 [(name, *(megabytes(each[key]) for key in ("RSS", "PSS", "private")), str(each["threads"]))
                  for name, each in rows])
    return text + (f"\nExchanges with Entra for those {results['requests']:,.0f} requests: {results['exchanges']:.0f}. "
                   f"CPU while idle: {results['idle_cpu']:.2f} % of a core.\n")


def throughput(results):
    rows = []
    for (way, name), each in results["throughput"].items():
        nginx = results["throughput"][(way, "nginx")]
        connections = f"{way[0]}, a new one each" if way[1] else str(way[0])
        rows.append((connections, name, f"{each['rate']:,.0f}", f"{each['rate'] / nginx['rate']:.2f}",
                     *(f"{each[key]:.2f}" for key in ("p50", "p99", "p999")), f"{each['cpu']:.1f}"))
    return table(["connections", "server", "requests/s", "÷ nginx", "p50 ms", "p99 ms", "p99.9 ms", "CPU µs a request"],
                 rows)


def levers(rows):
    return table(["the recipe with this undone", "ready ms", "at ready RSS", "private", "after an exchange RSS", "private"],
                 [(name, f"{row[0]:.0f}", *map(megabytes, row[1:])) for name, row in rows.items()])


def under_load(rows, requests):
    head = ["the recipe with this undone", "RSS", "private", "requests/s", "CPU µs a request"]
    return f"Under load, after {requests // 2:,} requests over 16 connections:\n\n" + table(
        head, [(name, megabytes(rss), megabytes(private), f"{rate:,.0f}", f"{cpu:.1f}")
               for name, (rss, private, rate, cpu) in rows.items()])


def sizes(found):
    layers = [(name, megabytes(size / 1e6)) for name, size in found.items() if name != "owners"]
    total = sum(size for name, size in found.items() if name != "owners")
    layers.insert(0, ("what the image adds to its base", megabytes(total / 1e6)))
    owners = [(f"… {name}", megabytes(size / 1e6)) for name, size in found["owners"]]
    return table(["", "MB"], layers + owners)


def write(text):
    document = DOCUMENT.read_text()
    before, rest = document.split(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{rest.split(END)[1]}")

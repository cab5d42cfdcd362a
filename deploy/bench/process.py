"""What a process costs, as the kernel tells it."""

import os
import pathlib
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")


def memory(pid):
    """RSS, PSS and private (anonymous) memory in MB, and the number of threads."""
    rollup = fields(f"/proc/{pid}/smaps_rollup")
    return {"RSS": kilobytes(rollup["Rss"]) / 1024, "PSS": kilobytes(rollup["Pss"]) / 1024,
            "private": kilobytes(rollup["Anonymous"]) / 1024,
            "threads": int(fields(f"/proc/{pid}/status")["Threads"])}


def fields(file):
    return dict(line.split(":", 1) for line in pathlib.Path(file).read_text().splitlines() if ":" in line)


def kilobytes(value):
    return int(value.split()[0])


def cpu_seconds(pid):
    stat = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(stat[11]) + int(stat[12])) / TICK


def idle_cpu(pid, seconds):
    """The share of one core, in percent, that a process uses while nobody asks it anything."""
    before = scheduled_nanoseconds(pid)
    time.sleep(seconds)
    return (scheduled_nanoseconds(pid) - before) / 1e9 / seconds * 100


def scheduled_nanoseconds(pid):
    """The same as cpu_seconds, not rounded to ticks; of the threads that still live."""
    threads = pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads)


def native_memory(jdk, pid):
    """Native Memory Tracking's committed MB by category, the largest first."""
    summary = subprocess.run([f"{jdk}/bin/jcmd", str(pid), "VM.native_memory", "summary", "scale=KB"],
                             capture_output=True, text=True, check=True).stdout
    rows = []
    for line in summary.splitlines():
        if line.startswith("-") and "committed=" in line:
            name = line.lstrip("- ").split(" (")[0].strip()
            rows.append((name, int(line.split("committed=")[1].split("KB")[0]) / 1024))
    return sorted(rows, key=lambda row: -row[1])

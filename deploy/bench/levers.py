"""What each lever of the image's recipe gives: the recipe with that one lever undone, or another one added."""

import shutil
import statistics

import load
import process
import rig

LOAD_SECONDS = 4


def variants(out, jdk25):
    """Name and recipe. The first is the recipe itself; an AOT cache fits all of them, as the collector is not part of it."""
    image = rig.image_recipe(out)
    options = (out / "image/token-broker/jvm.options").read_text().splitlines()
    kept = [line for line in options if line and not line.startswith("#")]

    def of(name, drop=(), add=(), java=None, aot=True, environment=image.environment):
        command = [java or image.command[0]]
        command += [line for line in kept if not line.startswith(tuple(drop))] if drop else kept
        command += [image.command[2]] if aot else []
        return rig.Recipe(name, [*command, *add, *image.command[-2:]], environment)

    return [of("the recipe"),
            of("no AOT cache", aot=False),
            of("no AOT cache, and the full JDK instead of jlink", java=f"{jdk25}/bin/java", aot=False),
            of("no fixed address for the AOT cache", drop=["-XX:ArchiveRelocationMode"]),
            of("G1 and the default heap", drop=["-XX:+UseSerialGC", "-Xm", "-XX:M"], add=["-XX:+UseG1GC"]),
            of("C1 only", add=["-XX:TieredStopAtLevel=1"]),
            of("without the Netty properties", drop=["-Dio.netty"]),
            of("without the Vert.x properties", drop=["-Dvertx"]),
            of("compiles after the usual number of calls", drop=["-XX:CompileThresholdScaling"]),
            of("the native heap as it comes", environment={}),
            of("the native heap trimmed every minute", add=["-XX:TrimNativeHeapInterval=60000"]),
            of("no objects kept by Netty's recycler", add=["-Dio.netty.recycler.maxCapacityPerThread=0"]),
            of("default stacks (1 MB)", drop=["-Xss"])]


def measure(out, jdk25, pod, runs):
    taken = {}
    for _ in range(runs):
        for recipe in variants(out, jdk25):
            with rig.broker(recipe, pod, prefetch=None) as (broker, start):
                ready = (rig.wait_for(recipe.name, rig.is_ready) - start) * 1000
                idle = process.memory(broker.pid)
                rig.wait_for("token", rig.token_is_there)
                used = process.memory(broker.pid)
                if shutil.which("wrk"):
                    load.wrk(rig.LISTEN, 16, LOAD_SECONDS)
                loaded = process.memory(broker.pid)
            taken.setdefault(recipe.name, []).append(
                (ready, *(each[kind] for each in (idle, used, loaded) for kind in ("RSS", "private"))))
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in taken.items()}

"""What each lever of the image's recipe gives: the recipe with that one lever undone, or another one added."""

import statistics

import load
import process
import rig

THE_RECIPE, C1_ONLY = "the recipe", "C1 only"
USUAL_COMPILES, USUAL_MALLOC = "compiles after the usual number of calls", "the native heap as it comes"
MATTER_UNDER_LOAD = (THE_RECIPE, C1_ONLY, USUAL_COMPILES, USUAL_MALLOC)


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

    return [of(THE_RECIPE),
            of("no AOT cache", aot=False),
            of("no AOT cache, and the full JDK instead of jlink", java=f"{jdk25}/bin/java", aot=False),
            of("no fixed address for the AOT cache", drop=["-XX:ArchiveRelocationMode"]),
            of("G1 and the default heap", drop=["-XX:+UseSerialGC", "-Xm", "-XX:M"], add=["-XX:+UseG1GC"]),
            of(C1_ONLY, add=["-XX:TieredStopAtLevel=1"]),
            of("without the Netty properties", drop=["-Dio.netty"]),
            of("without the Vert.x properties", drop=["-Dvertx"]),
            of(USUAL_COMPILES, drop=["-XX:CompileThresholdScaling"]),
            of(USUAL_MALLOC, environment={}),
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
            taken.setdefault(recipe.name, []).append(
                (ready, *(each[kind] for each in (idle, used) for kind in ("RSS", "private"))))
    return medians(taken)


def under_load(out, jdk25, pod, runs, requests):
    """Memory after so many requests, and what a request costs then, of the levers that matter there."""
    taken = {}
    for _ in range(runs):
        for recipe in variants(out, jdk25):
            if recipe.name not in MATTER_UNDER_LOAD:
                continue
            with rig.broker(recipe, pod) as (broker, _):
                rig.wait_for("token", rig.token_is_there)
                done = 0
                while done < requests:
                    done += load.wrk(rig.LISTEN, 16, 2)["requests"]
                after = process.memory(broker.pid)
                warm = load.measured(broker.pid, rig.LISTEN, 16, 2)
            taken.setdefault(recipe.name, []).append((after["RSS"], after["private"], warm["rate"], warm["cpu"]))
    return medians(taken)


def medians(taken):
    return {name: [statistics.median(column) for column in zip(*rows)] for name, rows in taken.items()}

"""The rig: an emulated Entra, and the broker in each of the recipes that are compared."""

import contextlib
import dataclasses
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import harness  # noqa: E402

RESOURCE = "https://vault.azure.net"
TOKEN_PATH = f"/metadata/identity/oauth2/token?api-version=2018-02-01&resource={RESOURCE}"
LISTEN, ADMIN = 17925, 17926


@dataclasses.dataclass(frozen=True)
class Recipe:
    name: str
    command: list
    environment: dict


def recipes(out, jdk25):
    """What is compared; the last one is the image's."""
    jar = str(out / "image/token-broker/token-broker.jar")
    return [Recipe("Java 17, `java -jar`", ["java", "-jar", jar], {}),
            Recipe("Java 25, `java -jar`", [f"{jdk25}/bin/java", "-jar", jar], {}),
            image_recipe(out)]


def image_recipe(out, *more):
    image = out / "image"
    return Recipe("the image", [str(image / "java/bin/java"), f"@{image}/token-broker/jvm.options",
                                f"-XX:AOTCache={image}/token-broker/broker.aot", *more,
                                "-jar", str(image / "token-broker/token-broker.jar")],
                  harness.image_environment())


@contextlib.contextmanager
def entra(**options):
    """The variables of a pod beside an emulated Entra."""
    with tempfile.TemporaryDirectory() as folder, harness.emulated_pod(folder, **options) as pod:
        yield pod


@contextlib.contextmanager
def broker(recipe, pod, prefetch=RESOURCE):
    """The running process and the moment of its exec; ended by SIGTERM."""
    environment = {"PATH": os.environ["PATH"], **pod, **recipe.environment, "BROKER_LISTEN": f"127.0.0.1:{LISTEN}",
                   "BROKER_ADMIN_LISTEN": f"127.0.0.1:{ADMIN}", "BROKER_LOG_LEVEL": "warn"}
    if prefetch:
        environment["BROKER_PREFETCH"] = prefetch
    start = time.monotonic()
    process = subprocess.Popen(recipe.command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process, start
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def ask(port, path):
    """Status and body, by the cheapest client there is; status 0 while nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nMetadata: true\r\n"
                               "Connection: close\r\n\r\n".encode())
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
    except OSError:
        return 0, ""
    head, _, body = answer.decode().partition("\r\n\r\n")
    return int(head.split(" ", 2)[1]) if head else 0, body


def token_is_there():
    return ask(LISTEN, TOKEN_PATH)[0] == 200


def is_ready():
    return ask(ADMIN, "/readyz")[0] == 200


def exchanges():
    _, text = ask(ADMIN, "/metrics")
    return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines()
               if line.startswith("token_broker_exchanges_total{"))


def wait_for(what, condition, seconds=120):
    """To the millisecond, because the moment is measured."""
    return harness.wait_for(what, condition, seconds, pause=0.001)

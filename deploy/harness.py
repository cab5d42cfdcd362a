"""What the tests of deploy/ and the benchmark share: the packaged jars, the image's environment, a pod beside an emulated Entra."""

import contextlib
import pathlib
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BROKER_JAR = ROOT / "broker/sidecar/target/token-broker.jar"
TOOLS_JAR = ROOT / "broker/tools/target/token-broker-tools.jar"


def image_environment():
    """The variables that the Dockerfile gives the broker."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("ENV ")]
    return dict(pair.split("=", 1) for line in lines for pair in line.split()[1:])


def wait_for(what, condition, seconds=60, pause=0.02):
    """The moment at which the condition held; ends the program with a message if it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"FAILED no {what} within {seconds} s")
        time.sleep(pause)
    return time.monotonic()


@contextlib.contextmanager
def emulated_pod(folder, seen=None, cluster=(), token_seconds=3600, refresh_seconds=None, within=()):
    """An emulated Entra, and in the folder the files of a pod that it trusts; gives the pod's variables.

    seen             where the broker sees the folder, if elsewhere
    cluster          issuer and subject of a real cluster, whose keys are in the folder's jwks.json
    token_seconds    how long a token of Entra lives
    refresh_seconds  after how long Entra wants it renewed, if it says so
    within           what stands in front of the command, such as `ip netns exec`
    """
    refresh = [] if refresh_seconds is None else [f"-Drefresh.seconds={refresh_seconds}"]
    command = [*within, "java", f"-Dtoken.seconds={token_seconds}", *refresh, "-cp", str(TOOLS_JAR),
               "dev.tokenbroker.emulator.EmulatedPodServer", str(folder), str(seen or folder), *cluster]
    variables = pathlib.Path(folder) / "env"
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)

        def is_there():
            if process.poll() is not None:
                log.seek(0)
                raise SystemExit(f"FAILED the emulated Entra did not start: {log.read()[-2000:]}")
            return variables.exists()

        try:
            wait_for("emulated Entra", is_there)
            yield dict(line.split("=", 1) for line in variables.read_text().splitlines())
        finally:
            process.kill()
            process.wait()

#!/usr/bin/env python3
"""Runs the image as a restricted pod would: read-only root, no capabilities, no new privileges, any user.

    image.py BROKER TOOLS    the root file systems of the two images

One network namespace is the pod; the emulated Entra and the "app" run in it as processes. Needs root, unshare, ip.
Prints what it measured.
"""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from harness import emulated_pod, image_environment  # noqa: E402

POD = f"tb-{os.getpid()}"
SEEN = "/var/run/secrets/azure/tokens"
JAVA = ["/opt/java/bin/java"]
RUN = ["@/opt/token-broker/run"]
TOOLS = ["-jar", "/opt/token-broker/token-broker-tools.jar"]


def container(rootfs, user, environment, command, tokens=None):
    description = {"root": str(rootfs), "user": user, "command": command, "binds": {str(tokens): SEEN} if tokens else {},
                   "environment": environment}
    return in_pod("unshare", "--mount", "--pid", "--fork", "--kill-child", sys.executable,
                  str(pathlib.Path(__file__).parent / "container.py"), json.dumps(description))


def in_pod(*command):
    return ["ip", "netns", "exec", POD, *command]


def ask(url, **headers):
    """An app of the pod asks; status and body."""
    script = ("import sys, json, urllib.request as u\n"
              "request = u.Request(sys.argv[1], headers=json.loads(sys.argv[2]))\n"
              "try: r = u.urlopen(request, timeout=5)\n"
              "except u.HTTPError as e: r = e\n"
              "print(r.status, r.read().decode())")
    headers = {k.replace("_", "-"): v for k, v in headers.items()}
    result = subprocess.run(in_pod(sys.executable, "-c", script, url, json.dumps(headers)), capture_output=True,
                            text=True, check=False)
    status, _, body = result.stdout.partition(" ")
    return int(status or 0), body.strip()


def check(what, held, seen=""):
    if not held:
        raise SystemExit(f"FAILED {what}: {seen}")
    print(f"  ok {what}")


def memory(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        rows = dict(line.split(":", 1) for line in file if line.startswith(("VmRSS", "RssAnon")))
    return {name: int(value.split()[0]) // 1024 for name, value in rows.items()}


def child_of(pid):
    return int(pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def ready_milliseconds(start):
    """By polling inside the namespace: a socket costs less than a process."""
    script = ("import socket, sys, time\n"
              "while True:\n"
              "  try:\n"
              "    s = socket.create_connection(('127.0.0.1', 16926), 1)\n"
              "    s.sendall(b'GET /readyz HTTP/1.0\\r\\n\\r\\n')\n"
              "    if b' 200 ' in s.recv(64): break\n"
              "  except OSError: pass\n"
              "  time.sleep(0.002)\n"
              "print(time.monotonic())")
    out = subprocess.run(in_pod(sys.executable, "-c", script), capture_output=True, text=True, check=True, timeout=60)
    return round((float(out.stdout) - start) * 1000)


@contextlib.contextmanager
def pod(folder):
    subprocess.run(["ip", "netns", "add", POD], check=True)
    try:
        subprocess.run(in_pod("ip", "link", "set", "lo", "up"), check=True)
        tokens = folder / "tokens"
        tokens.mkdir()
        with emulated_pod(tokens, seen=SEEN, within=in_pod()) as environment:
            tokens.chmod(0o755)
            for file in tokens.iterdir():
                file.chmod(0o644)
            yield tokens, environment
    finally:
        subprocess.run(["ip", "netns", "del", POD], check=False)


def serve(folder, rootfs, user, environment, tokens):
    log = open(folder / f"{user}.log", "w+", encoding="utf-8")
    start = time.monotonic()
    process = subprocess.Popen(container(rootfs, user, {**image_environment(), **environment}, JAVA + RUN, tokens),
                               stdout=log, stderr=log)
    try:
        return process, ready_milliseconds(start)
    except subprocess.SubprocessError:
        process.kill()
        log.seek(0)
        raise SystemExit(f"FAILED user {user}: the broker did not start: {log.read()}") from None


def log_of(folder, user):
    return (folder / f"{user}.log").read_text(encoding="utf-8")


def try_user(folder, rootfs, user, tokens, environment):
    process, milliseconds = serve(folder, rootfs, user, environment, tokens)
    java = child_of(process.pid)
    try:
        with open(f"/proc/{java}/status", encoding="ascii") as file:
            status = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
        check(f"user {user}: no capabilities, no new privileges",
              int(status["CapEff"], 16) == 0 and int(status["CapBnd"], 16) == 0 and status["NoNewPrivs"] == "1", status)
        idle = memory(java)
        answer = ask("http://127.0.0.1:16925/metadata/identity/oauth2/token?resource=https://vault.azure.net",
                     Metadata="true")
        check(f"user {user}: a legacy app gets a token", answer[0] == 200 and '"access_token":"ey' in answer[1], answer[0])
        answer = ask("http://127.0.0.1:16925/msi/token?api-version=2019-08-01&resource=https://vault.azure.net",
                     X_IDENTITY_HEADER="token-broker")
        check(f"user {user}: by IDENTITY_ENDPOINT, too", answer[0] == 200, answer)
        print(f"  measured: ready after {milliseconds} ms; idle {idle['VmRSS']} MB RSS, {idle['RssAnon']} MB private; "
              f"after an exchange {memory(java)['VmRSS']} MB RSS, {memory(java)['RssAnon']} MB private")
    finally:
        os.kill(java, signal.SIGTERM)
        code = process.wait(30)
    check(f"user {user}: SIGTERM ends it with 0", code == 0, code)


def try_crash(folder, rootfs, user, tokens, environment):
    process, _ = serve(folder, rootfs, user, environment, tokens)
    os.kill(child_of(process.pid), signal.SIGSEGV)
    process.wait(60)
    log = log_of(folder, user)
    check(f"user {user}: a crash leaves no core, which would hold tokens", "no core file dumped" in log.lower(), log[-2000:])


def once(rootfs, command, environment=None):
    return subprocess.run(container(rootfs, 17332, image_environment() if environment is None else environment, command),
                          capture_output=True, text=True, check=False, timeout=60)


def try_tools(rootfs):
    """As on a person's machine, where nothing is set."""
    for arguments, expected in ((["--version"], "token-broker"), (["migrate", "--help"], "--output"),
                                (["dev", "--help"], "--emulator")):
        ended = once(rootfs, JAVA + TOOLS + arguments, {})
        check(f"the tools' image answers {' '.join(arguments)}", ended.returncode == 0 and expected in ended.stdout,
              ended.stdout + ended.stderr)


def main():
    rootfs, tools = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for image in (rootfs, tools):
        for folder in ("proc", "dev", SEEN[1:]):
            (image / folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        with pod(folder) as (tokens, environment):
            strict = once(rootfs, JAVA + ["-XX:AOTMode=on"] + RUN + ["--version"])
            check("the AOT cache fits the image", strict.returncode == 0, strict.stderr)
            failed = once(rootfs, JAVA + RUN)
            check("without settings it says what is missing, exit 2",
                  failed.returncode == 2 and "AZURE_" in failed.stderr, failed.stderr)
            inject = once(rootfs, JAVA + RUN + ["inject"])
            check("the webhook is in it", inject.returncode == 2 and "INJECT_IMAGE" in inject.stderr, inject.stderr)
            for user in (17332, 54321):
                try_user(folder, rootfs, user, tokens, environment)
            try_crash(folder, rootfs, 17332, tokens, environment)
            try_tools(tools)
    bom = json.loads((rootfs / "opt/token-broker/bom.json").read_text(encoding="utf-8"))
    check("the SBOM names what is in the jar", {"vertx-core", "msal4j"} <= {c["name"] for c in bom["components"]})
    check("no shell in the image", not (rootfs / "bin/sh").exists())


if __name__ == "__main__":
    main()

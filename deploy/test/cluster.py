#!/usr/bin/env python3
"""Holds policy, webhook, examples and components against the API server of $KUBECONFIG.

    deploy/test/cluster.py [--helm helm] [policy|webhook|both|manifests|exchange ...]

"exchange" takes a token that the server signed through the broker to the emulated Entra.
Pods are only dry-run, but a namespace, policies and webhooks are created (and deleted at the end): use a
server made for tests, such as the one of deploy/test/apiserver. The webhook runs here, from the packaged jar (without
it, that part is skipped), and the server must be able to reach 127.0.0.1. Only the standard library, kubectl, helm and openssl are needed.
"""

import argparse
import base64
import contextlib
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TEST = pathlib.Path(__file__).resolve().parent
DEPLOY = TEST.parent
sys.path.insert(0, str(DEPLOY))

import harness  # noqa: E402

# A new one each time: a server without controllers never ends the deletion of a namespace.
NAMESPACE = f"token-broker-test-{os.getpid()}"
SYSTEM = "token-broker-system"
INJECT = "token-broker.dev/inject"
KUBERNETES = {}


def run(*command, stdin=None, check=True):
    result = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
    if check and result.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {result.stderr.strip()}")
    return result


def apply(text):
    run("kubectl", "apply", "-f", "-", stdin=text)


def to_json(path):
    text = run("kubectl", "create", "--dry-run=client", "--validate=false", "-o", "json", "-f", str(path)).stdout
    return json.loads(text)


def server(pod):
    """What the server makes of a pod, or its refusal."""
    pod = copy.deepcopy(pod)
    pod["metadata"].pop("namespace", None)
    result = run("kubectl", "-n", NAMESPACE, "create", "--dry-run=server", "-o", "json", "-f", "-",
                 stdin=json.dumps(pod), check=False)
    if result.returncode != 0:
        return None, result.stderr.strip()
    made = json.loads(result.stdout)
    for field in ("uid", "creationTimestamp", "managedFields", "resourceVersion"):
        made["metadata"].pop(field, None)
    return made, result.stderr


def unlabelled(pod):
    """The same pod as nobody would inject it: the server then only fills in its defaults."""
    pod = copy.deepcopy(pod)
    label = pod["metadata"]["labels"].pop(INJECT, None)
    made, problem = server(pod)
    if made is None:
        raise RuntimeError(f"the expected pod is no valid pod: {problem}")
    if label is not None:
        made["metadata"].setdefault("labels", {})[INJECT] = label
    return made


def first_difference(expected, actual, path=""):
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(set(expected) | set(actual)):
            if expected.get(key) != actual.get(key):
                return first_difference(expected.get(key), actual.get(key), f"{path}/{key}")
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for i, pair in enumerate(zip(expected, actual)):
            if pair[0] != pair[1]:
                return first_difference(*pair, f"{path}/{i}")
    return f"at {path}:\n    expected {json.dumps(expected)}\n    got      {json.dumps(actual)}"


def golden_file(folder, mechanism, name):
    stem, dot, end = name.partition(".")
    own = folder / f"{stem}.{mechanism}.{end}"
    return own if own.exists() else folder / name


def golden_pods(mechanism):
    failures = 0
    folders = sorted(f for f in (TEST / "pods").iterdir() if f.is_dir())
    for folder in folders:
        problem = golden_pod(folder, mechanism)
        if problem:
            failures += 1
            print(f"  FAILED {folder.name}: {problem}")
    print(f"  {mechanism}: {len(folders) - failures} of {len(folders)} pods come out as their golden files say")
    return failures


def golden_pod(folder, mechanism):
    pod = to_json(folder / "in.yaml")
    made, said = server(pod)
    refused = golden_file(folder, mechanism, "refused.txt")
    if refused.exists():
        reason = refused.read_text().strip()
        if made is not None:
            return "it was let in"
        return None if reason in said else f"expected the reason {reason!r}, got {said!r}"
    if made is None:
        return f"it was refused: {said}"
    out = golden_file(folder, mechanism, "out.yaml")
    expected = unlabelled(to_json(out if out.exists() else folder / "in.yaml"))
    if made != expected:
        return first_difference(expected, made)
    again, _ = server(to_json(out if out.exists() else folder / "in.yaml"))
    return None if again == expected else "the second time it changed: " + first_difference(expected, again)


def chart(helm, *arguments):
    return run(helm, "template", "token-broker", str(DEPLOY / "helm/token-broker-injector"), "-n", SYSTEM,
               "--kube-version", KUBERNETES["version"], *arguments).stdout


def settle(shown):
    """Policies and webhooks take effect a moment after they are created."""
    pod = to_json(TEST / "pods/plain/in.yaml")
    for _ in range(100):
        made, said = server(pod)
        injected = made is not None and "initContainers" in made["spec"]
        if injected == shown:
            return
        time.sleep(0.2)
    raise RuntimeError("injection did not " + ("begin: " if shown else "end: ") + said)


class Policy:
    def __init__(self, helm):
        self.text = chart(helm, "--set", "mode=policy")

    def __enter__(self):
        try:
            apply(self.text)
            settle(True)
        except RuntimeError:
            self.__exit__()
            raise
        # The validating policy takes effect on its own.
        time.sleep(1)

    def __exit__(self, *_):
        run("kubectl", "delete", "-f", "-", "--ignore-not-found", stdin=self.text)


class Webhook:
    """The chart's webhook configuration, its server run here."""

    def __init__(self, helm, port=18443):
        self.folder = tempfile.TemporaryDirectory()
        self.port, self.process = port, None
        self.text = chart(helm, "--show-only", "templates/webhook.yaml")

    def __enter__(self):
        try:
            self.start()
        except RuntimeError:
            print((pathlib.Path(self.folder.name) / "log").read_text())
            self.__exit__()
            raise

    def start(self):
        folder = pathlib.Path(self.folder.name)
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.crt")
        environment = dict(os.environ, INJECT_LISTEN=f"127.0.0.1:{self.port}", INJECT_CERT_FILE=f"{folder}/tls.crt",
                           INJECT_KEY_FILE=f"{folder}/tls.key", INJECT_IMAGE="ghcr.io/token-broker/token-broker:0.1.0",
                           INJECT_REDIRECT_IMAGE="ghcr.io/token-broker/token-broker-redirect:0.1.0")
        log = open(f"{folder}/log", "w", encoding="utf-8")
        self.process = subprocess.Popen(["java", "-jar", str(harness.BROKER_JAR), "inject"], env=environment,
                                        stdout=log, stderr=log)
        bundle = base64.b64encode((folder / "tls.crt").read_bytes()).decode()
        for text in self.text.split("\n---\n"):
            if "kind: MutatingWebhookConfiguration" not in text:
                continue
            made = json.loads(run("kubectl", "create", "--dry-run=client", "-o", "json", "-f", "-", stdin=text).stdout)
            made["webhooks"][0]["clientConfig"] = {"url": f"https://127.0.0.1:{self.port}/mutate", "caBundle": bundle}
            self.text = json.dumps(made)
            apply(self.text)
        settle(True)

    def __exit__(self, *_):
        run("kubectl", "delete", "-f", "-", "--ignore-not-found", stdin=self.text)
        self.process.terminate()
        self.process.wait(20)
        self.folder.cleanup()


def restricted():
    """A pod that passes "restricted" by itself still does with the broker in it."""
    run("kubectl", "label", "ns", NAMESPACE, "--overwrite", "pod-security.kubernetes.io/enforce=restricted")
    try:
        pod = to_json(TEST / "pods/settings/in.yaml")
        pod["spec"]["securityContext"] = {"runAsNonRoot": True, "runAsUser": 1000,
                                          "seccompProfile": {"type": "RuntimeDefault"}}
        pod["spec"]["containers"][0]["securityContext"] = {"allowPrivilegeEscalation": False,
                                                           "capabilities": {"drop": ["ALL"]}}
        made, problem = server(pod)
        print("  Pod Security restricted: " + ("let in" if made else "REFUSED: " + problem))
        pod["metadata"]["annotations"]["token-broker.dev/redirect"] = "true"
        redirected, refusal = server(pod)
        held = redirected is None and "NET_ADMIN" in refusal
        print("  Pod Security restricted, with redirect: " + ("refused, as it must be" if held else "WRONGLY let in"))
        return int(made is None) + int(not held)
    finally:
        run("kubectl", "label", "ns", NAMESPACE, "pod-security.kubernetes.io/enforce-")


def manifests(helm):
    """Every example, and the chart in both modes, by server-side dry run."""
    failures = 0
    for mode in ("webhook", "policy"):
        result = run(helm, "install", "token-broker", str(DEPLOY / "helm/token-broker-injector"), "-n", SYSTEM,
                     "--create-namespace", "--set", f"mode={mode}", "--dry-run=server", check=False)
        failures += result.returncode != 0
        print(f"  helm install, mode {mode}: " + (f"FAILED {result.stderr.strip()}" if result.returncode else "accepted"))
    for folder in sorted(p.parent for p in [*DEPLOY.glob("examples/**/kustomization.yaml"),
                                            *TEST.glob("kustomize/*/kustomization.yaml")]):
        text = run("kubectl", "kustomize", str(folder)).stdout
        failures += dry_run(folder.relative_to(DEPLOY), text)
    for path in sorted([*DEPLOY.glob("examples/*.yaml"), *DEPLOY.glob("examples/label/*.yaml")]):
        failures += dry_run(path.relative_to(DEPLOY), path.read_text())
    return failures


def dry_run(name, text):
    result = run("kubectl", "-n", NAMESPACE, "apply", "--dry-run=server", "-f", "-", stdin=text, check=False)
    if result.returncode != 0:
        print(f"  FAILED {name}: {result.stderr.strip()}")
        return 1
    print(f"  {name}: accepted")
    return 0


@contextlib.contextmanager
def trusting_entra(subject):
    """An emulated Entra that trusts one service account of this cluster, by the keys that the server publishes."""
    discovery = json.loads(run("kubectl", "get", "--raw", "/.well-known/openid-configuration").stdout)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "jwks.json").write_text(run("kubectl", "get", "--raw", "/openid/v1/jwks").stdout)
        with harness.emulated_pod(folder, cluster=(discovery["issuer"], subject)) as environment:
            yield folder, environment


def exchange():
    """What the kubelet would project: a token of the server for Entra's audience. The broker swaps it."""
    failures = 0
    with trusting_entra(f"system:serviceaccount:{NAMESPACE}:app") as (folder, environment):
        for account, expected in (("app", 0), ("default", 1)):
            token = run("kubectl", "-n", NAMESPACE, "create", "token", account, "--audience",
                        "api://AzureADTokenExchange", "--duration", "1h").stdout
            (folder / "token").write_text(token)
            result = subprocess.run(["java", "-jar", str(harness.BROKER_JAR), "token", "--resource", "https://vault.azure.net"],
                                    env=dict(os.environ, **environment), capture_output=True, text=True, check=False)
            held = (result.returncode == 0) == (expected == 0) and (expected == 0 or "AADSTS" in result.stderr)
            said = "exchanged" if result.returncode == 0 else result.stderr.strip()[:120]
            print(f"  token of service account {account}: {'' if held else 'WRONGLY '}{said}")
            failures += not held
    return failures


def prepare():
    apply(json.dumps({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}))
    for account in ("app", "default"):
        # Without its own token the pod has no volume with a random name, and can be compared.
        apply(json.dumps({"apiVersion": "v1", "kind": "ServiceAccount", "automountServiceAccountToken": False,
                          "metadata": {"name": account, "namespace": NAMESPACE}}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--helm", default="helm")
    parser.add_argument("what", nargs="*", default=["policy", "webhook", "both", "manifests", "exchange"])
    options = parser.parse_args()
    if not os.environ.get("KUBECONFIG"):
        print("skipped: KUBECONFIG is not set (deploy/test/apiserver start makes a server)")
        return 0
    version = json.loads(run("kubectl", "version", "-o", "json").stdout)["serverVersion"]
    KUBERNETES["version"] = version["gitVersion"]
    print(f"Kubernetes {version['gitVersion']}")
    prepare()
    failures = 0
    try:
        if "policy" in options.what:
            with Policy(options.helm):
                failures += golden_pods("policy") + restricted()
            settle(False)
        if not harness.BROKER_JAR.exists():
            print(f"  webhook: skipped, no {harness.BROKER_JAR} (mvn package)")
        else:
            if "webhook" in options.what:
                with Webhook(options.helm):
                    failures += golden_pods("webhook") + restricted()
                settle(False)
            if "both" in options.what:
                with Policy(options.helm), Webhook(options.helm):
                    failures += golden_pods("policy")
        if "manifests" in options.what:
            failures += manifests(options.helm)
        if "exchange" in options.what:
            if harness.BROKER_JAR.exists() and harness.TOOLS_JAR.exists():
                failures += exchange()
            else:
                print(f"  exchange: skipped, no {harness.TOOLS_JAR} (mvn package)")
    finally:
        run("kubectl", "delete", "ns", NAMESPACE, "--wait=false", check=False)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

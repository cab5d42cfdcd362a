#!/usr/bin/env python3
"""Holds the kustomize components against the golden pods, in every kind of workload. Needs PyYAML, kubectl.

What a component cannot know or do, beside what the pods' kustomize.txt say:
  - the containers' names, so azwi's skip list is the author's to write (strict mode);
  - NO_PROXY in init containers.
"""

import copy
import os
import pathlib
import subprocess
import sys
import tempfile

import yaml

TEST = pathlib.Path(__file__).resolve().parent
COMPONENTS = TEST.parent / "kustomize"
SKIP = "azure.workload.identity/skip-containers"
KINDS = {
    "Pod": ("v1", []),
    "Deployment": ("apps/v1", ["template"]),
    "StatefulSet": ("apps/v1", ["template"]),
    "DaemonSet": ("apps/v1", ["template"]),
    "ReplicaSet": ("apps/v1", ["template"]),
    "Job": ("batch/v1", ["template"]),
    "CronJob": ("batch/v1", ["jobTemplate", "spec", "template"]),
}


def wrapped(pod, kind):
    """The pod as the template of a workload."""
    version, path = KINDS[kind]
    if not path:
        return pod
    template = {"metadata": {k: v for k, v in pod["metadata"].items() if k != "name"}, "spec": pod["spec"]}
    for step in reversed(path):
        template = {step: template}
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "app"}, "spec": template}


def unwrapped(workload):
    _, path = KINDS[workload["kind"]]
    if not path:
        return workload
    template = workload["spec"]
    for step in path:
        template = template[step]
    metadata = {"name": workload["metadata"]["name"], **template["metadata"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}


def kustomized(workload, components):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "app.yaml").write_text(yaml.safe_dump(workload), encoding="utf-8")
        relative = [os.path.relpath(COMPONENTS / c, os.path.realpath(folder)) for c in components]
        pathlib.Path(folder, "kustomization.yaml").write_text(
            yaml.safe_dump({"resources": ["app.yaml"], "components": relative}), encoding="utf-8")
        text = subprocess.run(["kubectl", "kustomize", folder], check=True, capture_output=True, text=True).stdout
    return normal(yaml.safe_load(text))


def normal(workload):
    """An empty list of variables is the same as none."""
    pod = unwrapped(workload)
    for container in pod["spec"]["containers"] + pod["spec"].get("initContainers", []):
        if container.get("env") == []:
            del container["env"]
    return pod


def expected(pod, out):
    out = copy.deepcopy(out)
    if SKIP in pod["metadata"].get("annotations", {}):
        out["metadata"]["annotations"][SKIP] = pod["metadata"]["annotations"][SKIP]
    else:
        out["metadata"]["annotations"].pop(SKIP, None)
    for container in out["spec"]["initContainers"]:
        if "env" in container:
            container["env"] = [v for v in container["env"] if v["name"].lower() != "no_proxy"]
    return normal(out)


def main():
    failures = checked = 0
    for folder in sorted(f for f in (TEST / "pods").iterdir() if f.is_dir()):
        line = (folder / "kustomize.txt").read_text(encoding="utf-8").strip()
        if line.startswith("-"):
            continue
        pod = yaml.safe_load((folder / "in.yaml").read_text(encoding="utf-8"))
        out = yaml.safe_load((folder / "out.yaml").read_text(encoding="utf-8"))
        for kind in KINDS:
            checked += 1
            got = kustomized(wrapped(pod, kind), line.split())
            if got != expected(pod, out):
                failures += 1
                print(f"FAILED {folder.name} as {kind}:\n{yaml.safe_dump(got)}")
    print(f"kustomize: {checked - failures} of {checked} workloads come out as the golden pods say")
    return 1 if failures or not checked else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Writes deploy/test/schemas from the API server of $KUBECONFIG: what kubeconform needs, and no more.

Descriptions are left out, and unknown fields are errors.
"""

import json
import pathlib
import re
import subprocess

KINDS = {
    "": ("v1", ["Pod", "Service", "ServiceAccount", "Secret", "ConfigMap"]),
    "apps": ("v1", ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]),
    "batch": ("v1", ["Job", "CronJob"]),
    "policy": ("v1", ["PodDisruptionBudget"]),
    "networking.k8s.io": ("v1", ["NetworkPolicy"]),
    "admissionregistration.k8s.io": ("v1", [
        "MutatingWebhookConfiguration", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]),
}
FOLDER = pathlib.Path(__file__).resolve().parent / "schemas"


def bare(schema):
    """The schema without descriptions, closed to unknown fields."""
    if isinstance(schema, list):
        return [bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for key, value in schema.items():
        if key.startswith("x-") or (key == "description" and isinstance(value, str)):
            continue
        if key == "$ref":
            result[key] = "definitions.json#/definitions/" + value.rsplit("/", 1)[1]
        elif key == "properties":
            result[key] = {name: bare(inner) for name, inner in value.items()}
        else:
            result[key] = bare(value)
    if "properties" in schema:
        result["additionalProperties"] = False
    if schema.get("format") == "int-or-string":
        result = {"type": ["string", "integer"]}
    return result


def main():
    text = subprocess.run(["kubectl", "get", "--raw", "/openapi/v2"], check=True, capture_output=True, text=True).stdout
    document = json.loads(text)
    everything, kept = document["definitions"], {}
    for group, (version, kinds) in KINDS.items():
        for kind in kinds:
            name = next(n for n, d in everything.items() for g in d.get("x-kubernetes-group-version-kind", [])
                        if g == {"group": group, "version": version, "kind": kind})
            pending = [name]
            while pending:
                current = pending.pop()
                if current not in kept:
                    kept[current] = bare(everything[current])
                    if current.endswith("api.resource.Quantity"):
                        kept[current] = {"type": ["string", "number"]}
                    pending += re.findall(r'definitions/([^"]+)"', json.dumps(kept[current]))
            parts = [kind.lower()] + ([group.split(".")[0]] if group else []) + [version]
            write("-".join(parts) + ".json", {"$ref": f"definitions.json#/definitions/{name}"})
    write("definitions.json", {"definitions": dict(sorted(kept.items()))})


def write(name, schema):
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(json.dumps(schema, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Applies the Pod Security Standard "restricted" (Kubernetes 1.36) to manifests. Needs PyYAML.

    pod_security.py [--only CONTAINER] FILE...    --only: rules of this container alone, as in a foreign pod
    pod_security.py --self-test
"""

import copy
import sys

import yaml

VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
SYSCTLS = {"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
           "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports",
           "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
           "net.ipv4.tcp_keepalive_probes"}
SELINUX = {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}


def pod_spec(document):
    spec = document.get("spec", {})
    if document["kind"] == "Pod":
        return spec
    if document["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    return spec.get("template", {}).get("spec")


def containers(spec):
    return spec.get("initContainers", []) + spec["containers"] + spec.get("ephemeralContainers", [])


def pod_problems(spec):
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(field):
            yield field
    for volume in spec.get("volumes", []):
        for kind in set(volume) - {"name"} - VOLUMES:
            yield f"volume {volume['name']} of type {kind}"
    context = spec.get("securityContext", {})
    for sysctl in context.get("sysctls", []):
        if sysctl["name"] not in SYSCTLS:
            yield f"sysctl {sysctl['name']}"
    yield from context_problems("pod", context)


def context_problems(where, context):
    if context.get("runAsUser") == 0:
        yield f"{where}: runs as root"
    if context.get("seccompProfile", {}).get("type", "RuntimeDefault") not in ("RuntimeDefault", "Localhost"):
        yield f"{where}: seccomp"
    if context.get("appArmorProfile", {}).get("type", "RuntimeDefault") not in ("RuntimeDefault", "Localhost"):
        yield f"{where}: AppArmor"
    selinux = context.get("seLinuxOptions", {})
    if selinux.get("type", "") not in SELINUX or selinux.get("user") or selinux.get("role"):
        yield f"{where}: SELinux"
    if context.get("windowsOptions", {}).get("hostProcess"):
        yield f"{where}: host process"


def container_problems(container, pod_context):
    name, context = container["name"], container.get("securityContext", {})
    yield from context_problems(name, context)
    if not context.get("runAsNonRoot", pod_context.get("runAsNonRoot")):
        yield f"{name}: runAsNonRoot"
    if "seccompProfile" not in context and "seccompProfile" not in pod_context:
        yield f"{name}: no seccomp profile"
    if context.get("privileged"):
        yield f"{name}: privileged"
    if context.get("allowPrivilegeEscalation") is not False:
        yield f"{name}: allowPrivilegeEscalation"
    capabilities = context.get("capabilities", {})
    if "ALL" not in capabilities.get("drop", []):
        yield f"{name}: does not drop ALL"
    for capability in set(capabilities.get("add", [])) - {"NET_BIND_SERVICE"}:
        yield f"{name}: adds {capability}"
    if context.get("procMount", "Default") != "Default":
        yield f"{name}: procMount"
    for port in container.get("ports", []):
        if port.get("hostPort"):
            yield f"{name}: hostPort"
    lifecycle = container.get("lifecycle", {})
    probes = [container.get(p, {}) for p in ("startupProbe", "readinessProbe", "livenessProbe")]
    for probe in probes + [lifecycle.get("postStart", {}), lifecycle.get("preStop", {})]:
        if probe.get("httpGet", {}).get("host") or probe.get("tcpSocket", {}).get("host"):
            yield f"{name}: a probe names a host"
    # Beyond the standard: a ResourceQuota and a careful admin want these, too.
    resources = container.get("resources", {})
    if not {"cpu", "memory"} <= set(resources.get("requests", {})) or "memory" not in resources.get("limits", {}):
        yield f"{name}: resources"
    if context.get("readOnlyRootFilesystem") is not True and name.startswith("token-broker"):
        yield f"{name}: readOnlyRootFilesystem"


def problems(spec, only=None):
    if only is None:
        found = list(pod_problems(spec))
        for container in containers(spec):
            found += [p for p in container_problems(container, spec.get("securityContext", {}))
                      if not p.endswith(": resources") or container["name"].startswith(("token-broker", "injector"))]
        return found
    return [p for c in containers(spec) if c["name"] == only for p in container_problems(c, {})]


def self_test():
    """Each rule finds what it is for; else a check that finds nothing would prove nothing."""
    good = {"securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{
        "name": "token-broker", "resources": {"requests": {"cpu": 1, "memory": 1}, "limits": {"memory": 1}},
        "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                            "capabilities": {"drop": ["ALL"]}}}]}
    assert problems(good) == [], problems(good)
    bad = {
        "hostNetwork": lambda p: p.update(hostNetwork=True),
        "type hostPath": lambda p: p.update(volumes=[{"name": "v", "hostPath": {"path": "/"}}]),
        "sysctl": lambda p: p["securityContext"].update(sysctls=[{"name": "kernel.msgmax", "value": "1"}]),
        "runAsNonRoot": lambda p: p["securityContext"].pop("runAsNonRoot"),
        "no seccomp": lambda p: p["securityContext"].pop("seccompProfile"),
        "root": lambda p: p["containers"][0]["securityContext"].update(runAsUser=0),
        "seccomp": lambda p: p["containers"][0]["securityContext"].update(seccompProfile={"type": "Unconfined"}),
        "SELinux": lambda p: p["containers"][0]["securityContext"].update(seLinuxOptions={"type": "spc_t"}),
        "privileged": lambda p: p["containers"][0]["securityContext"].update(privileged=True),
        "Escalation": lambda p: p["containers"][0]["securityContext"].pop("allowPrivilegeEscalation"),
        "drop ALL": lambda p: p["containers"][0]["securityContext"].pop("capabilities"),
        "adds NET_ADMIN": lambda p: p["containers"][0]["securityContext"]["capabilities"].update(add=["NET_ADMIN"]),
        "hostPort": lambda p: p["containers"][0].update(ports=[{"hostPort": 80}]),
        "host": lambda p: p["containers"][0].update(livenessProbe={"httpGet": {"host": "127.0.0.1"}}),
        "resources": lambda p: p["containers"][0].pop("resources"),
        "readOnly": lambda p: p["containers"][0]["securityContext"].pop("readOnlyRootFilesystem"),
    }
    for expected, spoil in bad.items():
        pod = copy.deepcopy(good)
        spoil(pod)
        assert any(expected in p for p in problems(pod)), (expected, problems(pod))
    print(f"pod security: each of {len(bad)} violations is found")


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    only = None
    if arguments[0] == "--only":
        only, arguments = arguments[1], arguments[2:]
    failed = pods = 0
    for path in arguments:
        with open(path, encoding="utf-8") as file:
            for document in yaml.safe_load_all(file):
                spec = pod_spec(document) if document else None
                if not spec:
                    continue
                pods += 1
                for problem in problems(spec, only):
                    failed += 1
                    print(f"FAILED {path}: not restricted: {problem}")
    print(f"pod security: {pods} pods, {failed} violations of restricted")
    return 1 if failed or not pods else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

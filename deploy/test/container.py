#!/usr/bin/env python3
"""Becomes a container, as a runtime would make one for a restricted pod: own mounts, read-only root, no capabilities
but those named, no new privileges, a user of its own. Then runs the command. Needs root.

    unshare --mount [--pid --fork] container.py '{"root": "/image", "user": 17332, "command": ["/bin/x"]}'

May be added: "capabilities" (numbers to keep), "binds" (from: to), "environment".
"""

import ctypes
import json
import os
import subprocess
import sys

PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38

container = json.loads(sys.argv[1])
root, user, command = container["root"], container["user"], container["command"]
binds = [["--bind", source, root + target] for source, target in container.get("binds", {}).items()]
mounts = [["--make-rprivate", "/"], ["--bind", root, root], ["-t", "proc", "proc", root + "/proc"],
          ["--bind", "/dev", root + "/dev"], *binds, ["-o", "remount,bind,ro", root]]
for mount in mounts:
    subprocess.run(["mount", *mount], check=True)
os.chroot(root)
os.chdir("/")
libc = ctypes.CDLL(None, use_errno=True)
for capability in set(range(64)) - set(container.get("capabilities", [])):
    libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
    sys.exit("no_new_privs")
os.setgroups([])
os.setresgid(user, user, user)
os.setresuid(user, user, user)
os.execve(command[0], command, {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", **container.get("environment", {})})

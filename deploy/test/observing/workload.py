"""A workload: a packaged broker with files of its own, and an app that asks it."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import threading

import harness
import rig

TOKEN = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="


class Workload:
    def __init__(self, name, folder, jar, pod, prefetch=rig.RESOURCE, **settings):
        self.name, self.jar = name, jar
        self.port, self.admin = free_port(), free_port()
        self.folder = folder / name
        self.folder.mkdir()
        self.environment = {"PATH": os.environ["PATH"], **pod, "BROKER_LISTEN": f"127.0.0.1:{self.port}",
                            "BROKER_ADMIN_LISTEN": f"127.0.0.1:{self.admin}", **settings}
        for variable in ("AZURE_FEDERATED_TOKEN_FILE", "BROKER_CA_FILE"):
            self.environment[variable] = shutil.copy(pod[variable], self.folder)
        if prefetch:
            self.environment["BROKER_PREFETCH"] = prefetch
        self.ended = threading.Event()
        self.app = None
        self.start()

    @property
    def token_file(self):
        return self.environment["AZURE_FEDERATED_TOKEN_FILE"]

    def start(self):
        with open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen(["java", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-jar", self.jar],
                                            env=self.environment, stdout=log, stderr=log)

    def is_up(self):
        return rig.ask(self.admin, "/startupz" if "BROKER_PREFETCH" in self.environment else "/livez")[0] == 200

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, resource=rig.RESOURCE):
        return rig.ask(self.port, TOKEN + resource)

    def asks(self, of_one=20):
        """An app that asks ten times a second; one in so many times for something that nobody has asked for yet."""
        def run():
            for count in itertools.count():
                if self.ended.wait(0.1):
                    return
                self.ask(rig.RESOURCE if not of_one or count % of_one else f"https://app-{count}.test")
        self.app = threading.Thread(target=run)
        self.app.start()

    def stop(self):
        self.ended.set()
        if self.app:
            self.app.join()
        self.process.terminate()
        self.process.wait(30)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, condition, seconds=60):
    """In no hurry: each look is a question to a broker or to Prometheus."""
    harness.wait_for(what, condition, seconds, pause=0.2)

"""Load: wrk against the broker, bare Vert.x, nginx and the JDK's own server, all with the same bytes."""

import contextlib
import pathlib
import re
import subprocess

import process
import rig

NGINX_PORT, JDK_PORT, VERTX_PORT = 17927, 17928, 17929
UNITS = {"us": 0.001, "ms": 1, "s": 1000}


@contextlib.contextmanager
def nginx(folder, body):
    root = folder / "nginx"
    (root / "metadata/identity/oauth2").mkdir(parents=True, exist_ok=True)
    (root / "metadata/identity/oauth2/token").write_text(body)
    (root / "nginx.conf").write_text(f"""
daemon off; worker_processes 1; pid {root}/pid; error_log {root}/error.log;
events {{ worker_connections 2048; }}
http {{
  access_log off; client_body_temp_path {root}/t; proxy_temp_path {root}/t; fastcgi_temp_path {root}/t;
  uwsgi_temp_path {root}/t; scgi_temp_path {root}/t; keepalive_requests 100000000; open_file_cache max=10;
  default_type application/json; sendfile on; tcp_nopush on;
  server {{ listen 127.0.0.1:{NGINX_PORT}; root {root}; add_header Cache-Control no-store; }}
}}""")
    with running(["nginx", "-c", str(root / "nginx.conf")], NGINX_PORT) as server:
        children = pathlib.Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
        yield int(children.split()[0])


@contextlib.contextmanager
def jdk_server(jdk, body, folder):
    (folder / "body").write_text(body)
    command = [f"{jdk}/bin/java", "-XX:+UseSerialGC", "-Xmx64m", str(pathlib.Path(__file__).parent / "JdkServer.java"),
               str(JDK_PORT), str(folder / "body")]
    with running(command, JDK_PORT) as server:
        yield server.pid


@contextlib.contextmanager
def bare_vertx(jdk, out, folder):
    """The floor: the same library, the same options, nothing of ours."""
    image = out / "image/token-broker"
    jar, classes = image / "token-broker.jar", folder / "classes"
    subprocess.run([f"{jdk}/bin/javac", "-cp", str(jar), "-d", str(classes),
                    str(pathlib.Path(__file__).parent / "BareVertx.java")], check=True)
    command = [f"{jdk}/bin/java", f"@{image}/jvm.options", "-cp", f"{jar}:{classes}", "BareVertx", str(VERTX_PORT),
               str(folder / "body")]
    with running(command, VERTX_PORT) as server:
        yield server.pid


@contextlib.contextmanager
def running(command, port):
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        rig.wait_for(command[0], lambda: rig.ask(port, rig.TOKEN_PATH)[0] == 200)
        yield server
    finally:
        server.terminate()
        server.wait()


def wrk(port, connections, seconds, close=False):
    """Requests per second and latency percentiles in ms, from one wrk thread."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(pathlib.Path(__file__).parent / "wrk.lua"),
               "-H", "Metadata: true", "-H", "Host: localhost"]
    command += ["-H", "Connection: close"] if close else []
    out = subprocess.run([*command, f"http://127.0.0.1:{port}{rig.TOKEN_PATH}"], capture_output=True, text=True,
                         check=True).stdout
    found = re.search(r"requests=(\d+) errors=(\d+) seconds=([\d.]+) p50=([\d.]+) p99=([\d.]+) p999=([\d.]+)", out)
    requests, errors, took, p50, p99, p999 = (float(value) for value in found.groups())
    if errors and port == rig.LISTEN:
        raise SystemExit(f"bench: {errors:.0f} of {requests:.0f} requests of the broker failed")
    return {"requests": requests, "rate": requests / took, "p50": p50, "p99": p99, "p999": p999}


def measured(pid, port, connections, seconds, close=False):
    """The same, with CPU microseconds of the server for each request."""
    before = process.cpu_seconds(pid)
    result = wrk(port, connections, seconds, close)
    result["cpu"] = (process.cpu_seconds(pid) - before) / result["requests"] * 1e6
    return result

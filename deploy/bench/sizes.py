"""Sizes: what the image's layers hold, and whose bytes the jar is made of."""

import collections
import os
import zipfile

OWNERS = [("dev/tokenbroker", "token-broker itself"), ("io/netty", "Netty"), ("io/vertx", "Vert.x"),
          ("io/micrometer", "Micrometer"), ("io/prometheus", "Prometheus client"), ("com/microsoft/aad", "msal4j"),
          ("com/azure/json", "azure-json"), ("com/fasterxml", "jackson-core"), ("org/snakeyaml", "snakeyaml-engine"),
          ("org/slf4j", "slf4j")]


def of(out):
    image = out / "image"
    jar = image / "token-broker/token-broker.jar"
    return {"jlinked Java": folder(image / "java"), "AOT cache": (image / "token-broker/broker.aot").stat().st_size,
            "token-broker.jar": jar.stat().st_size, "owners": owners(jar)}


def folder(root):
    return sum(os.lstat(os.path.join(path, name)).st_size for path, _, names in os.walk(root) for name in names)


def owners(jar):
    """Compressed bytes by library, the largest first."""
    found = collections.Counter()
    with zipfile.ZipFile(jar) as archive:
        for entry in archive.infolist():
            path = entry.filename.split("/", 3)[-1] if entry.filename.startswith("META-INF/versions/") else entry.filename
            found[next((name for prefix, name in OWNERS if path.startswith(prefix)), "other")] += entry.compress_size
    return found.most_common()

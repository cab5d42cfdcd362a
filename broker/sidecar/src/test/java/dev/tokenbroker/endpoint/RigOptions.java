package dev.tokenbroker.endpoint;

import dev.tokenbroker.config.EndpointConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.listener.Bounds;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What a test may choose of its listener; port 0 lets the system choose. */
record RigOptions(
    String host,
    int port,
    Set<String> extraHosts,
    boolean allowRemotePeers,
    Optional<URI> instanceMetadata,
    Optional<String> identityHeader,
    boolean requireSecret,
    Set<Long> allowedUids,
    Bounds bounds) {

  EndpointConfig config() {
    return new EndpointConfig(
        new HostPort(host, port),
        extraHosts,
        identityHeader,
        requireSecret,
        allowedUids,
        allowRemotePeers,
        instanceMetadata.isPresent());
  }
}

package dev.tokenbroker.endpoint;

import dev.tokenbroker.config.EndpointConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.listener.ListenerLimits;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Builds what a test chooses of its listener; by default a free port of loopback, no extras. */
final class RigOptions {

  private String host = "127.0.0.1";
  private int port;
  private Set<String> extraHosts = Set.of();
  private boolean allowRemotePeers;
  private Optional<URI> instanceMetadata = Optional.empty();
  private Optional<String> identityHeader = Optional.empty();
  private boolean requireSecret;
  private Optional<Set<Long>> allowedUids = Optional.empty();
  private ListenerLimits bounds = ListenerRig.bounds(100);

  RigOptions host(String name) {
    host = name;
    return this;
  }

  RigOptions port(int number) {
    port = number;
    return this;
  }

  RigOptions extraHosts(String... names) {
    extraHosts = Set.of(names);
    return this;
  }

  RigOptions allowRemotePeers(boolean allowed) {
    allowRemotePeers = allowed;
    return this;
  }

  RigOptions instanceMetadata(Optional<URI> address) {
    instanceMetadata = address;
    return this;
  }

  RigOptions identityHeader(String secret) {
    identityHeader = Optional.of(secret);
    return this;
  }

  RigOptions requireSecret() {
    requireSecret = true;
    return this;
  }

  RigOptions allowedUids(Long... uids) {
    allowedUids = Optional.of(Set.of(uids));
    return this;
  }

  RigOptions bounds(ListenerLimits limits) {
    bounds = limits;
    return this;
  }

  Optional<URI> instanceMetadata() {
    return instanceMetadata;
  }

  ListenerLimits bounds() {
    return bounds;
  }

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

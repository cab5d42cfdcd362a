package dev.tokenbroker.config;

import java.util.Optional;
import java.util.Set;

/**
 * The token listener.
 *
 * @param listen where it listens; loopback unless the operator says otherwise
 * @param extraHosts names accepted in {@code Host} beside the built-in ones, lower case, no port
 * @param identityHeader the secret that App Service and MSI callers must show; without one any
 *     value will do
 * @param requireSecret whether every token request must show that secret, in whatever dialect; only
 *     with a secret
 * @param allowedUids the only users whose processes may ask, at least one; empty if every user of
 *     the pod may
 * @param allowRemotePeers whether callers from another address may ask at all
 * @param instanceMetadata whether {@code /metadata/instance} is passed on to the real IMDS
 */
public record EndpointConfig(
    HostPort listen,
    Set<String> extraHosts,
    Optional<String> identityHeader,
    boolean requireSecret,
    Optional<Set<Long>> allowedUids,
    boolean allowRemotePeers,
    boolean instanceMetadata) {

  public EndpointConfig {
    extraHosts = Set.copyOf(extraHosts);
    allowedUids = allowedUids.map(Set::copyOf);
    if (allowedUids.filter(Set::isEmpty).isPresent()) {
      throw new IllegalArgumentException("nobody would be allowed to ask");
    }
    if (requireSecret && identityHeader.isEmpty()) {
      throw new IllegalArgumentException("a secret that is required must be given");
    }
  }

  @Override
  public String toString() {
    return "EndpointConfig[listen=" + listen + ", identityHeader=***]";
  }
}

package dev.tokenbroker.config;

import java.util.Set;

/**
 * The token listener.
 *
 * @param listen where it listens; loopback unless the operator says otherwise
 * @param extraHosts names accepted in {@code Host} beside the built-in ones, lower case, no port
 * @param allowRemotePeers whether callers from another address may ask at all
 * @param instanceMetadata whether {@code /metadata/instance} is passed on to the real IMDS
 */
public record EndpointConfig(
    HostPort listen, Set<String> extraHosts, boolean allowRemotePeers, boolean instanceMetadata) {

  public EndpointConfig {
    extraHosts = Set.copyOf(extraHosts);
  }
}

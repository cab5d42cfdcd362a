package dev.tokenbroker.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The upstream and what is sent to it.
 *
 * @param authority origin of the authority, {@code https://host[:port]}, lower case, no trailing
 *     slash
 * @param credential what is shown to get a token
 * @param caFile PEM certificates trusted in addition to the system's roots
 * @param proxy the outbound proxy for this authority, if there is one
 * @param tokenProxy what stands for the authority in a cluster with AKS identity bindings; reached
 *     without the outbound proxy
 */
public record EntraConfig(
    URI authority,
    Credential credential,
    Optional<Path> caFile,
    Optional<ProxyConfig> proxy,
    Optional<TokenProxyConfig> tokenProxy) {

  /** The projected token's file; empty where a developer's login takes its place. */
  public Optional<Path> federatedTokenFile() {
    if (credential instanceof Credential.EmulatedToken token) {
      return Optional.of(token.file());
    }
    return credential instanceof Credential.FederatedToken token
        ? Optional.of(token.file())
        : Optional.empty();
  }
}

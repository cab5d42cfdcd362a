package dev.tokenbroker.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The upstream and what is sent to it.
 *
 * @param authority origin of the authority, {@code https://host[:port]}, lower case, no trailing
 *     slash
 * @param federatedTokenFile the token that Kubernetes projects, read again at every exchange; empty
 *     where there is no pod
 * @param caFile PEM certificates trusted in addition to the system's roots
 * @param route how requests reach the authority
 */
public record EntraConfig(
    URI authority, Optional<Path> federatedTokenFile, Optional<Path> caFile, OutboundRoute route) {

  /** The outbound proxy for this authority, if there is one. */
  public Optional<HttpProxy> proxy() {
    return route instanceof HttpProxy proxy ? Optional.of(proxy) : Optional.empty();
  }

  /** The token proxy of AKS identity bindings, if there is one. */
  public Optional<TokenProxy> tokenProxy() {
    return route instanceof TokenProxy proxy ? Optional.of(proxy) : Optional.empty();
  }
}

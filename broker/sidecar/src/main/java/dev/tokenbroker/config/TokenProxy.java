package dev.tokenbroker.config;

import dev.tokenbroker.tls.PemSource;
import java.net.URI;
import java.util.Optional;

/**
 * The token proxy of AKS identity bindings: it stands for the authority inside the cluster, checks
 * by RBAC whether the pod may use the identity, and asks Entra itself. It is always reached
 * directly.
 *
 * <p>Source: <a href="https://learn.microsoft.com/azure/aks/identity-bindings-concepts">AKS
 * documentation, "Identity bindings"</a>; the Azure Identity libraries, {@code
 * WorkloadIdentityCredential}.
 *
 * @param url https, lower-case host; its path is a prefix, without a slash at the end
 * @param serverName the name that TLS asks for and verifies, if not the URL's host
 * @param ca who signs its certificate, in place of the system's roots
 */
public record TokenProxy(URI url, Optional<String> serverName, Optional<PemSource> ca)
    implements OutboundRoute {

  /** The name that TLS asks for and verifies. */
  public String tlsName() {
    return serverName.orElse(url.getHost());
  }

  /** The URL alone. */
  @Override
  public String toString() {
    return url.toString();
  }
}

package dev.tokenbroker.exchange;

import dev.tokenbroker.tls.PemSource;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.Optional;

/**
 * The token proxy of AKS identity bindings: it stands for the authority inside the cluster, checks
 * by RBAC whether the pod may use the identity, and asks Entra itself. It is always reached
 * directly.
 *
 * <p>Source: AKS documentation, "Identity bindings"; the Azure Identity libraries, {@code
 * WorkloadIdentityCredential}.
 *
 * @param url https; its path is a prefix, without a slash at the end
 * @param serverName what TLS names and verifies in place of the URL's host
 * @param ca who signs its certificate, in place of the system's roots
 */
public record TokenProxy(URI url, Optional<String> serverName, Optional<PemSource> ca)
    implements EntraRoute {

  /** The audience of the projected tokens that it takes; Entra itself refuses them. */
  static final String AUDIENCE = "api://AKSIdentityBinding";

  private static final int HTTPS = 443;

  /** A request to the proxy that stands for one to {@code target}. */
  RequestOptions requestFor(URL target) {
    int port = url.getPort() < 0 ? HTTPS : url.getPort();
    return new RequestOptions()
        .setSsl(true)
        .setServer(SocketAddress.inetSocketAddress(port, url.getHost()))
        .setHost(tlsName())
        .setPort(port)
        .putHeader(HttpHeaders.HOST, HostAndPort.authority(url.getHost(), url.getPort()).toString())
        .setURI(url.getRawPath() + target.getFile());
  }

  String tlsName() {
    return serverName.orElse(url.getHost());
  }

  @Override
  public String toString() {
    return url.toString();
  }
}

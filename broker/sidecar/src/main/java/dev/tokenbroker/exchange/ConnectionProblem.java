package dev.tokenbroker.exchange;

import dev.tokenbroker.config.HttpProxy;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.config.TokenProxy;
import dev.tokenbroker.tls.UnusableRootsException;
import dev.tokenbroker.token.Remedy;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why no answer came from the authority.
 *
 * @param remedy the cause and what to check
 */
public record ConnectionProblem(Kind kind, Remedy remedy) {

  /** Cause and fix in one line. */
  public String text() {
    return remedy.text();
  }

  /** What broke on the way. */
  public enum Kind {
    NAME,
    PROXY,
    ROOTS,
    UNTRUSTED,
    HANDSHAKE,
    TIMEOUT,
    CONNECTION,
    TOO_LARGE,
    BROKEN
  }

  static ConnectionProblem of(Throwable error, String authority, OutboundRoute route) {
    Kind kind = kindOf(error, route);
    return new ConnectionProblem(kind, describe(kind, authority, route));
  }

  private static Kind kindOf(Throwable error, OutboundRoute route) {
    if (route instanceof HttpProxy && has(error, ProxyConnectException.class)) {
      return Kind.PROXY;
    }
    if (has(error, UnknownHostException.class)) {
      return Kind.NAME;
    }
    if (has(error, UnusableRootsException.class)) {
      return Kind.ROOTS;
    }
    if (has(error, EntraTransport.TooLargeException.class)) {
      return Kind.TOO_LARGE;
    }
    if (has(error, SSLException.class)) {
      return mentions(error, "PKIX") || mentions(error, "certification path")
          ? Kind.UNTRUSTED
          : Kind.HANDSHAKE;
    }
    if (has(error, TimeoutException.class) || mentions(error, "timed out")) {
      return Kind.TIMEOUT;
    }
    return has(error, ConnectException.class) ? Kind.CONNECTION : Kind.BROKEN;
  }

  private static Remedy describe(Kind kind, String authority, OutboundRoute route) {
    String peer = peer(authority, route);
    return switch (kind) {
      case NAME -> unresolved(authority, route);
      case PROXY ->
          Remedy.of(
              "The proxy " + route + " did not open a tunnel to " + authority,
              "check HTTPS_PROXY and NO_PROXY, and what the proxy allows");
      case ROOTS -> Remedy.of("No certificates to verify " + peer + " by", "check " + roots(route));
      case UNTRUSTED -> untrusted(authority, route);
      case HANDSHAKE ->
          Remedy.of("The TLS handshake with " + peer + " failed", expectedName(route));
      case TIMEOUT -> Remedy.of("No answer from " + peer + " in time", "");
      case CONNECTION -> Remedy.of("No connection to " + peer, "check " + wayOut(route));
      case TOO_LARGE ->
          Remedy.of("The answer of " + peer + " is larger than 1 MiB", "that is not Entra's");
      case BROKEN -> Remedy.of("The connection to " + peer + " broke", "");
    };
  }

  private static String peer(String authority, OutboundRoute route) {
    if (route instanceof TokenProxy proxy) {
      return "the AKS token proxy " + proxy;
    }
    return route instanceof HttpProxy proxy ? authority + " through the proxy " + proxy : authority;
  }

  /** With a proxy, the authority's name is the proxy's to resolve; ours is only its own. */
  private static Remedy unresolved(String authority, OutboundRoute route) {
    if (route instanceof TokenProxy proxy) {
      return unresolved(
          "the AKS token proxy " + proxy, "check DNS and AZURE_KUBERNETES_TOKEN_PROXY");
    }
    return route instanceof HttpProxy proxy
        ? unresolved("the proxy " + proxy, "check HTTPS_PROXY")
        : unresolved(authority, "check DNS and egress");
  }

  private static Remedy unresolved(String whose, String fix) {
    return Remedy.of("The name of " + whose + " cannot be resolved", fix);
  }

  private static String roots(OutboundRoute route) {
    return route instanceof TokenProxy
        ? "AZURE_KUBERNETES_CA_FILE and AZURE_KUBERNETES_CA_DATA"
        : "BROKER_CA_FILE";
  }

  private static String wayOut(OutboundRoute route) {
    return route instanceof TokenProxy
        ? "network policies and AZURE_KUBERNETES_TOKEN_PROXY"
        : "egress rules and HTTPS_PROXY";
  }

  private static Remedy untrusted(String authority, OutboundRoute route) {
    return route instanceof TokenProxy
        ? Remedy.of(
            "The certificate of " + peer(authority, route) + " is not trusted",
            "its CA is not the one of " + roots(route))
        : Remedy.of(
            "The certificate of " + authority + " is not trusted",
            "is there a proxy that inspects TLS? Its root belongs in " + roots(route));
  }

  private static String expectedName(OutboundRoute route) {
    return route instanceof TokenProxy proxy
        ? "its certificate must be for " + proxy.tlsName() + " (AZURE_KUBERNETES_SNI_NAME)"
        : "";
  }

  private static boolean has(Throwable error, Class<? extends Throwable> type) {
    for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mentions(Throwable error, String word) {
    for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
      String text = each.getClass().getSimpleName() + ": " + each.getMessage();
      if (text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}

package dev.tokenbroker.exchange;

import dev.tokenbroker.token.TokenFailure.Unavailable;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why no answer came from the authority. */
final class ConnectionProblem {

  private ConnectionProblem() {}

  static Unavailable of(Throwable error, String authority, Route route) {
    return new Unavailable(describe(error, authority, route), Optional.empty());
  }

  private static String describe(Throwable error, String authority, Route route) {
    if (route instanceof HttpProxy proxy && has(error, ProxyConnectException.class)) {
      return "The proxy "
          + proxy
          + " did not open a tunnel to "
          + authority
          + ": check HTTPS_PROXY and NO_PROXY, and what the proxy allows";
    }
    String peer = peer(authority, route);
    if (has(error, UnknownHostException.class)) {
      return "The name of " + unresolved(authority, route);
    }
    if (has(error, UnusableRootsException.class)) {
      return "No certificates to verify " + peer + " by: check " + roots(route);
    }
    if (has(error, AnswerTooLargeException.class)) {
      return "The answer of " + peer + " is larger than 1 MiB: that is not Entra's";
    }
    if (has(error, SSLException.class)) {
      return handshake(error, authority, route);
    }
    if (has(error, TimeoutException.class) || mentions(error, "timed out")) {
      return "No answer from " + peer + " in time";
    }
    if (has(error, ConnectException.class)) {
      return "No connection to "
          + peer
          + (route instanceof TokenProxy
              ? ": check network policies and AZURE_KUBERNETES_TOKEN_PROXY"
              : ": check egress rules and HTTPS_PROXY");
    }
    return "The connection to " + peer + " broke";
  }

  private static String peer(String authority, Route route) {
    if (route instanceof TokenProxy proxy) {
      return "the AKS token proxy " + proxy;
    }
    return route instanceof HttpProxy proxy ? authority + " through the proxy " + proxy : authority;
  }

  /** With a proxy, the authority's name is the proxy's to resolve; ours is only its own. */
  private static String unresolved(String authority, Route route) {
    if (route instanceof TokenProxy proxy) {
      return "the AKS token proxy "
          + proxy
          + " cannot be resolved: check DNS and AZURE_KUBERNETES_TOKEN_PROXY";
    }
    return route instanceof HttpProxy proxy
        ? "the proxy " + proxy + " cannot be resolved: check HTTPS_PROXY"
        : authority + " cannot be resolved: check DNS and egress";
  }

  private static String roots(Route route) {
    return route instanceof TokenProxy
        ? "AZURE_KUBERNETES_CA_FILE and AZURE_KUBERNETES_CA_DATA"
        : "BROKER_CA_FILE";
  }

  private static String handshake(Throwable error, String authority, Route route) {
    boolean untrusted = mentions(error, "PKIX") || mentions(error, "certification path");
    if (route instanceof TokenProxy proxy) {
      return untrusted
          ? "The certificate of the AKS token proxy "
              + proxy
              + " is not trusted: its CA is not the one of "
              + roots(route)
          : "The TLS handshake with the AKS token proxy "
              + proxy
              + " failed: its certificate must be for "
              + proxy.tlsName()
              + " (AZURE_KUBERNETES_SNI_NAME)";
    }
    return untrusted
        ? "The certificate of "
            + authority
            + " is not trusted: is there a proxy that inspects TLS? Its root belongs in "
            + roots(route)
        : "The TLS handshake with " + peer(authority, route) + " failed";
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

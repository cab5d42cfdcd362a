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

  static Unavailable of(Throwable error, String authority, Optional<HttpProxy> proxy) {
    return new Unavailable(describe(error, authority, proxy), Optional.empty());
  }

  private static String describe(Throwable error, String authority, Optional<HttpProxy> proxy) {
    String via = proxy.map(known -> " through the proxy " + known).orElse("");
    if (has(error, UnknownHostException.class)) {
      // With a proxy, the authority's name is the proxy's to resolve; ours is only its own.
      return proxy
          .map(known -> "The name of the proxy " + known + " cannot be resolved: check HTTPS_PROXY")
          .orElse("The name of " + authority + " cannot be resolved: check DNS and egress");
    }
    if (proxy.isPresent() && has(error, ProxyConnectException.class)) {
      return "The proxy "
          + proxy.get()
          + " did not open a tunnel to "
          + authority
          + ": check HTTPS_PROXY and NO_PROXY, and what the proxy allows";
    }
    if (has(error, AnswerTooLargeException.class)) {
      return "The answer of " + authority + via + " is larger than 1 MiB: that is not Entra's";
    }
    if (has(error, SSLException.class)) {
      return mentions(error, "PKIX") || mentions(error, "certification path")
          ? "The certificate of "
              + authority
              + " is not trusted: is there a proxy that inspects TLS? Its root belongs in"
              + " BROKER_CA_FILE"
          : "The TLS handshake with " + authority + " failed" + via;
    }
    if (has(error, TimeoutException.class) || mentions(error, "timed out")) {
      return "No answer from " + authority + via + " in time";
    }
    if (has(error, ConnectException.class)) {
      return "No connection to " + authority + via + ": check egress rules and HTTPS_PROXY";
    }
    return "The connection to " + authority + via + " broke";
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

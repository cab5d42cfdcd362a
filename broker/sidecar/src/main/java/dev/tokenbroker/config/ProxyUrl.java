package dev.tokenbroker.config;

import dev.tokenbroker.config.HttpProxy.Credentials;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads {@code [http://][user[:password]@]host[:port][/]}, the value of HTTPS_PROXY. */
final class ProxyUrl {

  private static final String HTTP = "http://";
  private static final int DEFAULT_PORT = 80;

  private ProxyUrl() {}

  static HttpProxy parse(String text) {
    String rest = text;
    if (text.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
      rest = text.substring(HTTP.length());
    } else if (text.contains("://")) {
      throw new IllegalArgumentException("only http:// proxies are supported");
    }
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    // The last one: a password may hold an '@' that somebody forgot to encode.
    int at = rest.lastIndexOf('@');
    Optional<Credentials> credentials =
        at < 0 ? Optional.empty() : Optional.of(credentials(rest.substring(0, at)));
    return new HttpProxy(address(rest.substring(at + 1)), credentials);
  }

  private static HostPort address(String text) {
    boolean hasPort = text.lastIndexOf(':') > text.lastIndexOf(']');
    return HostPort.parse(hasPort ? text : text + ":" + DEFAULT_PORT);
  }

  private static Credentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new Credentials(decode(userInfo), "")
        : new Credentials(
            decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
  }

  private static String decode(String text) {
    try {
      // In a URL a plus is a plus; URLDecoder reads forms, where it is a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Its message repeats a piece of the password.
      throw new IllegalArgumentException("wrong percent-encoding in user or password");
    }
  }
}

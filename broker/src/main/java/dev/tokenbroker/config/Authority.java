package dev.tokenbroker.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The form in which the whole broker names the authority: {@code https://host[:port]}. */
final class Authority {

  private static final int HTTPS = 443;

  private Authority() {}

  /** With or without a trailing slash; the azwi webhook sends one. */
  static URI parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL", e);
    }
    if (!"https".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("not https");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("no valid host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("a user name does not belong here");
    }
    String path = uri.getRawPath();
    if (!path.isEmpty() && !path.equals("/")) {
      throw new IllegalArgumentException("a path does not belong here");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("a query does not belong here");
    }
    boolean standardPort = uri.getPort() < 0 || uri.getPort() == HTTPS;
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return URI.create("https://" + host + (standardPort ? "" : ":" + uri.getPort()));
  }
}

package dev.tokenbroker.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads https addresses without user name, query or fragment, and gives them one form. */
final class HttpsUrl {

  private static final int HTTPS = 443;

  private HttpsUrl() {}

  /** An address without a path; the azwi webhook's slash at the end of the authority is none. */
  static URI parseOrigin(String text) {
    URI uri = parse(text);
    if (!uri.getRawPath().isEmpty()) {
      throw new IllegalArgumentException("a path does not belong here");
    }
    return uri;
  }

  /** Lower-case host, no standard port, no slash at the end of the path. */
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
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("a query does not belong here");
    }
    boolean standardPort = uri.getPort() < 0 || uri.getPort() == HTTPS;
    return URI.create(
        "https://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + (standardPort ? "" : ":" + uri.getPort())
            + uri.getRawPath().replaceAll("/$", ""));
  }
}

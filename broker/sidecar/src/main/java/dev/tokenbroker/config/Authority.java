package dev.tokenbroker.config;

import java.net.URI;

/** The form in which the whole broker names the authority: {@code https://host[:port]}. */
final class Authority {

  private Authority() {}

  /** With or without a trailing slash; the azwi webhook sends one. */
  static URI parse(String text) {
    URI uri = HttpsUrl.parse(text);
    if (!uri.getRawPath().isEmpty()) {
      throw new IllegalArgumentException("a path does not belong here");
    }
    return uri;
  }
}

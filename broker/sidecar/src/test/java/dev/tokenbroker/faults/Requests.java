package dev.tokenbroker.faults;

/** Requests as they go over the wire. */
final class Requests {

  private Requests() {}

  /** Asks for a token as IMDS clients do. */
  static String imds(String resource) {
    return "GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource="
        + resource
        + " HTTP/1.1\r\nHost: 169.254.169.254\r\nMetadata: true\r\n\r\n";
  }
}

package dev.tokenbroker.endpoint;

import java.util.Optional;

/**
 * The target of a request line, taken apart but not yet decoded. RFC 9112 §3.2: mostly {@code
 * /path?query}; a client that takes us for a proxy sends {@code http://authority/path?query}.
 *
 * @param authority the authority of an absolute-form target
 * @param path all before the question mark, as sent
 * @param query all behind it, as sent; empty if there is none
 */
record RequestTarget(Optional<String> authority, String path, String query) {

  private static final String SCHEME_END = "://";

  static RequestTarget of(String uri) {
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    String query = question < 0 ? "" : uri.substring(question + 1);
    int schemeEnd = path.startsWith("/") ? -1 : path.indexOf(SCHEME_END);
    if (schemeEnd < 0) {
      return new RequestTarget(Optional.empty(), path, query);
    }
    int start = schemeEnd + SCHEME_END.length();
    int end = path.indexOf('/', start);
    return end < 0
        ? new RequestTarget(Optional.of(path.substring(start)), "/", query)
        : new RequestTarget(Optional.of(path.substring(start, end)), path.substring(end), query);
  }
}

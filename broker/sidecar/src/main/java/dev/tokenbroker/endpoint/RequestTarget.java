package dev.tokenbroker.endpoint;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request line, taken apart. RFC 9112 §3.2: mostly {@code /path?query}; a client
 * that takes us for a proxy sends {@code http://authority/path?query}.
 *
 * <p>Confined to the event loop: what is costly to find out is found out once and kept, since an
 * app asks the same again and again (see {@link Router}).
 */
public final class RequestTarget {

  private static final String SCHEME_END = "://";

  private final Optional<String> authority;
  private final String path;
  private final String routePath;
  private final String query;
  private @Nullable ParsedRequest tokenRequest;

  private RequestTarget(Optional<String> authority, String path, String query) {
    this.authority = authority;
    this.path = RequestPath.clean(path);
    this.routePath = this.path.toLowerCase(Locale.ROOT);
    this.query = query;
  }

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

  /** The authority of an absolute-form target. */
  Optional<String> authority() {
    return authority;
  }

  /** The path in its {@linkplain RequestPath one form}, its case as sent. */
  String path() {
    return path;
  }

  /** The path as routes are found by it: in lower case. */
  public String routePath() {
    return routePath;
  }

  /** All behind the question mark, as sent; empty if there is none. */
  String query() {
    return query;
  }

  /** The token request in the query, or the error to answer with. */
  ParsedRequest tokenRequest() {
    ParsedRequest known = tokenRequest;
    if (known == null) {
      known = TokenRequestParser.parse(query);
      tokenRequest = known;
    }
    return known;
  }
}

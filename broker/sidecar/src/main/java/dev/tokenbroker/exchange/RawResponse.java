package dev.tokenbroker.exchange;

import io.vertx.core.MultiMap;
import java.util.Optional;

/**
 * What came back, before anybody has interpreted it. The body may hold a token, so {@link
 * #toString()} leaves it out.
 */
record RawResponse(int status, MultiMap headers, String body) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String toString() {
    return "RawResponse[status=" + status + "]";
  }
}

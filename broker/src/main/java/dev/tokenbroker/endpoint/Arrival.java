package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By when the peer of one connection must have sent its next request, to the last byte. An idle
 * timeout alone is no bound: a byte now and then would hold the connection for ever.
 */
final class Arrival {

  /** From the connection to the end of the first header, and from any header to its body's end. */
  static final Duration IN_ONE_GO = Duration.ofSeconds(10);

  /** From an answer to the end of the next header: an app may keep its connection for so long. */
  static final Duration KEPT = Duration.ofSeconds(75);

  private Instant deadline;
  private @Nullable HttpServerRequest current;

  Arrival(Instant connected) {
    deadline = connected.plus(IN_ONE_GO);
  }

  void head(HttpServerRequest request, Clock clock) {
    current = request;
    if (RequestBody.isThere(request)) {
      deadline = clock.instant().plus(IN_ONE_GO);
    }
  }

  /** Also notices that a request has been answered, from when on the next one may take its time. */
  boolean isOverdueAt(Instant now) {
    HttpServerRequest request = current;
    if (request != null && request.isEnded()) {
      if (request.response().ended()) {
        current = null;
        deadline = now.plus(KEPT);
      }
      return false;
    }
    return !now.isBefore(deadline);
  }
}

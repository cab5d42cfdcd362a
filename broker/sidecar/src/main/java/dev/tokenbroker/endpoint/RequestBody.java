package dev.tokenbroker.endpoint;

import dev.tokenbroker.util.BoundedBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Reads what a request carries behind its header, up to a limit. */
final class RequestBody {

  /** A form with one resource and one selector is far below this. */
  static final int MAX_BYTES = 16 * 1024;

  static final ErrorResponse TOO_LARGE =
      ErrorResponse.of(
          413, RequestOutcome.INVALID, "invalid_request", "The request body is larger than 16 KiB");

  private RequestBody() {}

  /** Whether one is announced. Nearly no request has one: then there is nothing to wait for. */
  static boolean isThere(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** The body, or nothing if it is too large. Never completes if the caller goes away. */
  static Future<Optional<String>> read(HttpServerRequest request) {
    return BoundedBody.read(request, MAX_BYTES).map(body -> body.map(Buffer::toString));
  }
}

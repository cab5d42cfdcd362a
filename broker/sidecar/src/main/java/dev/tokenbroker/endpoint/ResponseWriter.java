package dev.tokenbroker.endpoint;

import dev.tokenbroker.listener.Rejection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes every answer: always with a body, a length and a type, never chunked, never cacheable. */
public final class ResponseWriter {

  /** The label of what never reached a dialect. */
  static final String NO_DIALECT = "none";

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

  private static final Duration BUSY = Duration.ofSeconds(5);

  private final RequestObserver observer;
  private final ErrorFormat errors;

  /** Set by whoever handles the signal, read on the event loop. */
  private final AtomicBoolean draining;

  /** A writer of errors in the format of the managed identity endpoints. */
  public ResponseWriter(RequestObserver observer) {
    this(observer, ErrorBody::of);
  }

  public ResponseWriter(RequestObserver observer, ErrorFormat errors) {
    this(observer, errors, new AtomicBoolean());
  }

  private ResponseWriter(RequestObserver observer, ErrorFormat errors, AtomicBoolean draining) {
    this.observer = observer;
    this.errors = errors;
    this.draining = draining;
  }

  /** A writer for a path of the same listener that writes its errors in another format. */
  ResponseWriter withErrorFormat(ErrorFormat format) {
    return new ResponseWriter(observer, format, draining);
  }

  /** From now on, each answer is the last one on its connection. */
  public void drain() {
    draining.set(true);
  }

  /**
   * A request named an identity under a name that no endpoint knows; it is answered all the same.
   */
  void unknownSelector(String spelling) {
    observer.unknownSelector(spelling);
  }

  void token(HttpServerRequest request, String dialect, Buffer body) {
    write(request, dialect, RequestOutcome.SERVED, 200, JSON, body, draining.get());
  }

  public void error(HttpServerRequest request, String dialect, ErrorResponse error) {
    error(request, dialect, error, draining.get());
  }

  /** For a request of which the rest must not be read. */
  void errorAndClose(HttpServerRequest request, ErrorResponse error) {
    error(request, NO_DIALECT, error, true);
  }

  /** Answers what the server itself rejects, in the endpoint's own format, and closes. */
  public void reject(HttpServerRequest request, Rejection why) {
    ErrorResponse error =
        why == Rejection.TOO_MANY_WAIT
            ? ErrorResponse.of(
                    why.status(), RequestOutcome.UNAVAILABLE, "temporarily_unavailable", why.text())
                .retryAfter(BUSY)
            : ErrorResponse.of(why.status(), RequestOutcome.INVALID, "invalid_request", why.text());
    errorAndClose(request, error);
  }

  public void ok(HttpServerRequest request, String dialect, CharSequence type, Buffer body) {
    write(request, dialect, RequestOutcome.SHOWN, 200, type, body, draining.get());
  }

  void forward(
      HttpServerRequest request, String dialect, int status, CharSequence type, Buffer body) {
    write(request, dialect, RequestOutcome.PASSED_ON, status, type, body, draining.get());
  }

  private void error(
      HttpServerRequest request, String dialect, ErrorResponse error, boolean close) {
    error.header().ifPresent(header -> request.response().putHeader(header.name(), header.value()));
    int status = errors.status(error);
    write(request, dialect, error.outcome(), status, JSON, errors.body(error), close);
  }

  private void write(
      HttpServerRequest request,
      String dialect,
      RequestOutcome outcome,
      int status,
      CharSequence type,
      Buffer body,
      boolean close) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      observer.finished(dialect, RequestOutcome.ABANDONED, 0);
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    if (close) {
      response.putHeader(HttpHeaders.CONNECTION, CLOSE);
      response.end(body).onComplete(sent -> request.connection().close());
    } else {
      response.end(body);
    }
    observer.finished(dialect, outcome, status);
  }
}

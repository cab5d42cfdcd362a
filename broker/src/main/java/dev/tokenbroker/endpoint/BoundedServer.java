package dev.tokenbroker.endpoint;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An HTTP/1.1 server that no caller can make large: what each listener stands on. */
final class BoundedServer {

  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Longer than any caller waits for a token, so that no pending request counts as idle. */
  private static final Duration IDLE = Duration.ofSeconds(75);

  /** How often overdue requests are looked for. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  private static final Refusal LINE_TOO_LONG =
      Refusal.of(414, Outcome.INVALID, "invalid_request", "The request line is larger than 8 KiB");
  private static final Refusal HEADERS_TOO_LARGE =
      Refusal.of(431, Outcome.INVALID, "invalid_request", "The headers are larger than 16 KiB");
  private static final Refusal MALFORMED = Refusal.invalid("This is not a valid HTTP request");

  private BoundedServer() {}

  /** Builds the server; to listen is the caller's part. */
  static HttpServer of(
      Vertx vertx,
      HttpServerOptions options,
      Connections connections,
      Handler<HttpServerRequest> requests,
      Replies replies) {
    vertx.setPeriodic(SWEEP.toMillis(), id -> connections.sweep());
    return vertx
        .createHttpServer(
            options
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setIdleTimeout((int) IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS))
        .connectionHandler(connections::accept)
        .invalidRequestHandler(request -> refuseMalformed(request, replies))
        .requestHandler(
            request -> {
              connections.received(request);
              requests.handle(request);
            });
  }

  /** Goes on accepting for the grace, then lets every accepted request finish, and closes. */
  static Future<Void> drain(Vertx vertx, HttpServer server, Duration grace, Duration atMost) {
    Future<?> over =
        grace.isZero()
            ? Future.succeededFuture()
            : vertx.timer(grace.toMillis(), TimeUnit.MILLISECONDS);
    return over.compose(nothing -> server.shutdown(atMost));
  }

  private static void refuseMalformed(HttpServerRequest request, Replies replies) {
    Throwable cause = request.decoderResult().cause();
    Refusal refusal =
        cause instanceof TooLongHttpLineException
            ? LINE_TOO_LONG
            : cause instanceof TooLongHttpHeaderException ? HEADERS_TOO_LARGE : MALFORMED;
    replies.refuseAndClose(request, refusal);
  }
}

package dev.tokenbroker.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the kubelet and Prometheus ask, on the pod's address since neither can reach loopback:
 *
 * <ul>
 *   <li>{@code GET /livez}: the event loop turns
 *   <li>{@code GET /startupz}: the broker has been ready once
 *   <li>{@code GET /readyz}: it is ready now, or why it is not
 *   <li>{@code GET /metrics}: Prometheus text
 * </ul>
 *
 * <p>Nothing here yields a token, calls anybody, or is logged.
 */
public final class AdminListener {

  private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence ALLOWED = HttpHeaders.createOptimized("GET, HEAD");
  private static final int IDLE_SECONDS = 120;

  /** Far more than probes and scrapes need; this port is open to the whole cluster. */
  static final int MAX_CONNECTIONS = 64;

  private static final int MAX_HEADER_BYTES = 8 * 1024;

  private final HttpServer server;
  private final String host;
  private final int port;
  private final Readiness readiness;
  private final Supplier<String> metrics;
  private int connections;

  public AdminListener(
      Vertx vertx, String host, int port, Readiness readiness, Supplier<String> metrics) {
    this.host = host;
    this.port = port;
    this.readiness = readiness;
    this.metrics = metrics;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setIdleTimeout(IDLE_SECONDS))
            .connectionHandler(this::count)
            .requestHandler(this::handle);
  }

  /** Opens the listener and tells the port it got; fails if the address cannot be had. */
  public Future<Integer> start() {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  public Future<Void> close() {
    return server.close();
  }

  private void count(HttpConnection connection) {
    connections++;
    connection.closeHandler(closed -> connections--);
    if (connections > MAX_CONNECTIONS) {
      connection.close();
    }
  }

  private void handle(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET) && !isHead(request)) {
      // RFC 9110 §15.5.6: a 405 must name the methods that are allowed.
      request.response().putHeader(HttpHeaders.ALLOW, ALLOWED);
      answer(request, 405, "Only GET and HEAD are answered here\n");
      return;
    }
    switch (String.valueOf(request.path())) {
      case "/livez" -> answer(request, 200, "ok\n");
      case "/startupz" -> probe(request, readiness.startObstacle());
      case "/readyz" -> probe(request, readiness.obstacle());
      case "/metrics" -> metrics(request);
      default ->
          answer(request, 404, "There are only /livez, /startupz, /readyz and /metrics here\n");
    }
  }

  private static void probe(HttpServerRequest request, Optional<String> obstacle) {
    answer(request, obstacle.isEmpty() ? 200 : 503, obstacle.orElse("ok") + "\n");
  }

  private void metrics(HttpServerRequest request) {
    String text = metrics.get();
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, BrokerMetrics.CONTENT_TYPE);
    end(request.response().setStatusCode(200), request, text);
  }

  private static void answer(HttpServerRequest request, int status, String text) {
    end(
        request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, TEXT),
        request,
        text);
  }

  private static boolean isHead(HttpServerRequest request) {
    return request.method().equals(HttpMethod.HEAD);
  }

  private static void end(HttpServerResponse response, HttpServerRequest request, String text) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    if (isHead(request)) {
      response.end();
    } else {
      response.end(text);
    }
  }
}

package dev.tokenbroker.admin;

import dev.tokenbroker.listener.BoundedServer;
import dev.tokenbroker.listener.CloseObserver;
import dev.tokenbroker.listener.HeapShare;
import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.listener.Rejection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Serves the kubelet and Prometheus, on the pod's address since neither can reach loopback:
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

  /** Far more than probes and scrapes need; this port is open to the whole cluster. */
  static final int MAX_CONNECTIONS = 64;

  private final BoundedServer server;
  private final String host;
  private final int port;
  private final Readiness readiness;
  private final Supplier<String> metrics;

  public AdminListener(
      Vertx vertx,
      String host,
      int port,
      Readiness readiness,
      Supplier<String> metrics,
      Clock clock,
      CloseObserver closed) {
    this.host = host;
    this.port = port;
    this.readiness = readiness;
    this.metrics = metrics;
    this.server =
        new BoundedServer(
            vertx,
            new HttpServerOptions(),
            ListenerLimits.of(HeapShare.ADMIN, false, MAX_CONNECTIONS),
            clock,
            this::handle,
            AdminListener::refuse,
            closed);
  }

  /** Opens the listener and tells the port it got; fails if the address cannot be had. */
  public Future<Integer> start() {
    return server.start(host, port);
  }

  private static void refuse(HttpServerRequest request, Rejection why) {
    request.response().putHeader(HttpHeaders.CONNECTION, "close");
    answer(request, why.status(), why.text() + "\n");
    request.connection().close();
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

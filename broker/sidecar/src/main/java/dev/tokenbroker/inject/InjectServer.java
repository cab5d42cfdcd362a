package dev.tokenbroker.inject;

import dev.tokenbroker.listener.BoundedServer;
import dev.tokenbroker.listener.HeapShare;
import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.tls.CertificateWatch;
import dev.tokenbroker.tls.ServerCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The mutating admission webhook, over TLS. It answers:
 *
 * <ul>
 *   <li>{@code POST /mutate}: an AdmissionReview about a pod
 *   <li>{@code GET /readyz}, {@code GET /livez}: it serves
 *   <li>{@code GET /metrics}: counters in Prometheus' text format
 * </ul>
 */
public final class InjectServer {

  /** The API server waits at most five seconds for us. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /** Requests under way when the signal comes, on connections that are open, are still taken. */
  private static final Duration GRACE = Duration.ofMillis(300);

  /** Far more than the API servers, the kubelet and Prometheus need. */
  private static final int CONNECTIONS = 128;

  private final InjectServerOptions options;
  private final BoundedServer server;
  private final InjectMetrics metrics = new InjectMetrics();
  private final ReviewHandler reviews;
  private final CertificateWatch certificate;

  private InjectServer(
      Vertx vertx,
      InjectServerOptions options,
      ListenerLimits bounds,
      ServerCertificate certificate) {
    this.options = options;
    this.reviews = new ReviewHandler(new Injector(options.injection()), metrics);
    this.server =
        new BoundedServer(
            vertx,
            new HttpServerOptions()
                .setSsl(true)
                // HTTP/2 first: the API server then sends all its requests over one connection.
                .setUseAlpn(true)
                .setKeyCertOptions(certificate.keyCert()),
            bounds,
            Clock.systemUTC(),
            this::route,
            (request, why) -> {
              WebhookResponses.text(request, why.status(), why.text());
              request.connection().close();
            },
            (listener, why) -> metrics.closed(why));
    this.certificate =
        new CertificateWatch(
            vertx,
            () -> read(options),
            certificate,
            found -> server.updateSslOptions(sslOptions(found)));
    metrics.watchCertificate(() -> this.certificate.served().expiry());
  }

  /**
   * Starts to listen.
   *
   * @return the server; a failure if the certificate cannot be read or the port is taken
   */
  public static Future<InjectServer> start(Vertx vertx, InjectServerOptions options) {
    return start(vertx, options, ListenerLimits.of(HeapShare.WEBHOOK, true, CONNECTIONS));
  }

  static Future<InjectServer> start(
      Vertx vertx, InjectServerOptions options, ListenerLimits bounds) {
    return vertx
        .executeBlocking(() -> read(options))
        .map(certificate -> new InjectServer(vertx, options, bounds, certificate))
        .compose(InjectServer::listen);
  }

  /** The port, also when the system chose it. */
  public int port() {
    return server.port();
  }

  /** Answers what is under way, then stops. */
  public Future<Void> drain() {
    certificate.stop();
    return server.drain(GRACE, DRAIN);
  }

  /**
   * Looks whether the certificate files have changed, and serves the new ones from the next
   * connection on. Files that cannot be used leave the old certificate in force.
   *
   * @return whether there is a new certificate; never fails
   */
  Future<Boolean> reload() {
    return certificate.look();
  }

  private Future<InjectServer> listen() {
    return server
        .start(options.host(), options.port())
        .map(
            listening -> {
              certificate.start(options.reloadInterval());
              return this;
            });
  }

  private static ServerCertificate read(InjectServerOptions options) throws IOException {
    return ServerCertificate.read(options.certificateFile(), options.keyFile());
  }

  private static ServerSSLOptions sslOptions(ServerCertificate certificate) {
    return new ServerSSLOptions()
        .setUseAlpn(true)
        .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
        .setKeyCertOptions(certificate.keyCert());
  }

  private void route(HttpServerRequest request) {
    String route = request.method() + " " + request.path();
    switch (route) {
      case "POST /mutate" -> reviews.handle(request, more -> server.holds(request, more));
      case "GET /readyz", "GET /livez" -> WebhookResponses.text(request, 200, "ok");
      case "GET /metrics" -> WebhookResponses.metrics(request, metrics.scrape());
      default -> WebhookResponses.text(request, 404, "not found");
    }
  }
}

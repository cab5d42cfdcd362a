package dev.tokenbroker.inject;

import dev.tokenbroker.certificate.CertificateWatch;
import dev.tokenbroker.certificate.ServerCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
  private static final long DRAIN_SECONDS = 5;

  private final InjectServerOptions options;
  private final HttpServer server;
  private final InjectMetrics metrics = new InjectMetrics();
  private final ReviewHandler reviews;
  private final CertificateWatch certificate;

  private InjectServer(Vertx vertx, InjectServerOptions options, ServerCertificate certificate) {
    this.options = options;
    this.reviews = new ReviewHandler(new Injection(options.injection()), metrics);
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setIdleTimeout(120)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                // HTTP/2 first: the API server then asks all its questions over one connection.
                .setUseAlpn(true)
                .setKeyCertOptions(certificate.keyCert()));
    server.requestHandler(this::route);
    this.certificate =
        new CertificateWatch(
            vertx,
            () -> read(options),
            certificate,
            found -> server.updateSSLOptions(sslOptions(found)));
  }

  /**
   * Starts to listen.
   *
   * @return the server; a failure if the certificate cannot be read or the port is taken
   */
  public static Future<InjectServer> start(Vertx vertx, InjectServerOptions options) {
    return vertx
        .executeBlocking(() -> read(options))
        .map(certificate -> new InjectServer(vertx, options, certificate))
        .compose(InjectServer::listen);
  }

  /** The port, also when the system chose it. */
  public int port() {
    return server.actualPort();
  }

  /** Answers what is under way, then stops. */
  public Future<Void> drain() {
    certificate.stop();
    return server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
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
        .listen(options.port(), options.host())
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
    String question = request.method() + " " + request.path();
    switch (question) {
      case "POST /mutate" -> reviews.handle(request);
      case "GET /readyz", "GET /livez" -> Replies.text(request, 200, "ok");
      case "GET /metrics" -> Replies.metrics(request, metrics.text(certificate.served().expiry()));
      default -> Replies.text(request, 404, "not found");
    }
  }
}

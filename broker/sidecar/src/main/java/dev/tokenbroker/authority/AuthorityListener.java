package dev.tokenbroker.authority;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.endpoint.CallerUidFilter;
import dev.tokenbroker.endpoint.Guard;
import dev.tokenbroker.endpoint.HostNames;
import dev.tokenbroker.endpoint.RequestObserver;
import dev.tokenbroker.endpoint.ResponseWriter;
import dev.tokenbroker.endpoint.Router;
import dev.tokenbroker.endpoint.SuccessBodies;
import dev.tokenbroker.endpoint.TokenService;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.listener.BoundedServer;
import dev.tokenbroker.listener.CloseObserver;
import dev.tokenbroker.listener.HeapShare;
import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.tls.CertificateWatch;
import dev.tokenbroker.tls.ServerCertificate;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An Entra authority on loopback, for clients that bring the pod's federated token themselves: the
 * workload identity credentials of the SDKs, and {@code az login --federated-token}. Over TLS,
 * since no SDK takes an authority without.
 */
public final class AuthorityListener {

  private static final Duration CERTIFICATE_CHECK = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final HostPort address;
  private final Optional<Set<Long>> allowedUids;
  private final ListenerLimits bounds;
  private final ResponseWriter responses;
  private final Router router;
  private final Clock clock;
  private final CloseObserver closed;

  /**
   * Builds the listener; {@link #start} opens it.
   *
   * @param vertx with one event loop, which is also the one the token source completes on
   * @param source where tokens come from
   * @param directory which identities there are
   * @param assertions which federated tokens are this pod's
   * @param config which authority is the real one, which users may ask, and the limits
   * @param address the loopback address to listen on
   * @param clock for the seconds a token has left
   * @param observer hears of each finished request
   * @param closed hears of each connection that is closed for the bounds' sake
   */
  public AuthorityListener(
      Vertx vertx,
      TokenSource source,
      IdentityDirectory directory,
      AssertionVerifier assertions,
      BrokerConfig config,
      HostPort address,
      Clock clock,
      RequestObserver observer,
      CloseObserver closed) {
    this.closed = closed;
    this.vertx = vertx;
    this.address = address;
    this.allowedUids = config.endpoint().allowedUids();
    this.bounds = ListenerLimits.of(HeapShare.AUTHORITY, true, config.limits().connections());
    this.clock = clock;
    EntraFormat format = new EntraFormat(clock);
    this.responses = new ResponseWriter(observer, format);
    AuthorityRoute route =
        new AuthorityRoute(
            assertions,
            directory,
            new TokenService(source, directory, format, responses),
            new TokenService(source, directory, new SuccessBodies(clock), responses),
            new AuthorityDocuments(config.entra().authority().toString()),
            responses);
    this.router = new Router(new Guard(false, HostNames.ofLoopback()), responses).otherwise(route);
  }

  /** A listener that is open. */
  public final class Open {

    private final BoundedServer server;
    private final CertificateWatch watch;

    private Open(BoundedServer server, CertificateWatch watch) {
      this.server = server;
      this.watch = watch;
    }

    /** The port, also when the system chose it. */
    public int port() {
      return server.port();
    }

    /**
     * Makes each answer the last one of its connection and stops listening, lets every request that
     * has arrived finish, and closes.
     *
     * @param grace how long idle connections stay, so that what is on its way already is not lost
     * @param atMost what is still open after this long is cut off
     */
    public Future<Void> drain(Duration grace, Duration atMost) {
      responses.drain();
      watch.stop();
      return server.drain(grace, atMost);
    }
  }

  /**
   * Opens the listener, as soon as there is a certificate.
   *
   * @return a failure if there is none, or the address cannot be had
   */
  public Future<Open> start(ServerCertificate.Source certificates) {
    return vertx
        .executeBlocking(certificates::current)
        .compose(first -> listen(certificates, first));
  }

  private Future<Open> listen(ServerCertificate.Source certificates, ServerCertificate first) {
    BoundedServer server =
        new BoundedServer(
            vertx,
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(first.keyCert()),
            bounds,
            clock,
            CallerUidFilter.before(router::handle, vertx, allowedUids, responses),
            responses::reject,
            closed);
    CertificateWatch watch =
        new CertificateWatch(
            vertx,
            certificates,
            first,
            next ->
                server.updateSslOptions(new ServerSSLOptions().setKeyCertOptions(next.keyCert())));
    return server
        .start(address.host(), address.port())
        .map(
            listening -> {
              watch.start(CERTIFICATE_CHECK);
              return new Open(server, watch);
            });
  }
}

package dev.tokenbroker.endpoint;

import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The listener the apps call. HTTP/1.1 without TLS on loopback: no client of these dialects speaks
 * anything else to it.
 */
public final class TokenListener {

  private final ListenerOptions options;
  private final HttpServer server;
  private final Replies replies;
  private final Optional<InstanceMetadata> instanceMetadata;

  /**
   * Builds the listener; {@link #start()} opens it.
   *
   * @param vertx with one event loop, which is also the one the token source completes on
   * @param source where tokens come from
   * @param directory which identities there are
   * @param options address and limits
   * @param clock for the seconds a token has left
   * @param observer hears of each finished request
   */
  public TokenListener(
      Vertx vertx,
      TokenSource source,
      IdentityDirectory directory,
      ListenerOptions options,
      Clock clock,
      Observer observer) {
    this.options = options;
    this.replies = new Replies(observer);
    this.instanceMetadata =
        options.instanceMetadata().map(target -> new InstanceMetadata(vertx, target, replies));
    TokenDesk desk = new TokenDesk(source, directory, new SuccessBodies(clock), replies);
    Guard guard = new Guard(options.allowRemotePeers(), new HostNames(options.extraHosts()));
    Router router =
        new Router(guard, replies)
            .on(ImdsDialect.PATH, new TokenRoute(new ImdsDialect(), desk, replies))
            .on(MsiRoute.PATH, new MsiRoute(msiDialects(options), desk, replies))
            .on(NodeEndpoint.PATH, new NodeEndpoint(replies));
    instanceMetadata.ifPresent(route -> router.onAndBelow(InstanceMetadata.PATH, route));
    this.server =
        BoundedServer.of(vertx, new HttpServerOptions(), options.maxConnections(), router, replies);
  }

  /** In the order of their proofs: a secret outranks a bare header. */
  private static List<Dialect> msiDialects(ListenerOptions options) {
    IdentitySecret secret = new IdentitySecret(options.identitySecret());
    return List.of(
        new AppServiceDialect(secret), new MsiSecretDialect(secret), new CloudShellDialect());
  }

  /** Opens the listener and tells the port it got; fails if the address cannot be had. */
  public Future<Integer> start() {
    return server.listen(options.port(), options.host()).map(HttpServer::actualPort);
  }

  /**
   * Stops accepting, lets every accepted request finish, then closes.
   *
   * @param atMost what is still open after this long is cut off
   */
  public Future<Void> drain(Duration atMost) {
    replies.drain();
    return server
        .shutdown(atMost)
        .onComplete(down -> instanceMetadata.ifPresent(InstanceMetadata::close));
  }
}

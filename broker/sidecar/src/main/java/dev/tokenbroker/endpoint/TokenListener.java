package dev.tokenbroker.endpoint;

import dev.tokenbroker.config.EndpointConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.listener.BoundedServer;
import dev.tokenbroker.listener.CloseObserver;
import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The listener the apps call. HTTP/1.1 without TLS on loopback: no client of these dialects speaks
 * anything else to it.
 */
public final class TokenListener {

  /**
   * The path on which the Secrets Store CSI driver asked NMI for another pod's token. A sidecar
   * cannot answer for another pod, so it says what replaces it.
   */
  private static final String NODE_PATH = "/host/token";

  private static final ErrorResponse USE_WORKLOAD_IDENTITY =
      ErrorResponse.invalid(
          "This endpoint of aad-pod-identity is gone: in the SecretProviderClass set"
              + " usePodIdentity: \"false\" and clientID: <the identity's client id>");

  private final HostPort address;
  private final BoundedServer server;
  private final ResponseWriter responses;
  private final Optional<InstanceMetadata> instanceMetadata;

  /**
   * Builds the listener; {@link #start()} opens it.
   *
   * @param vertx with one event loop, which is also the one the token source completes on
   * @param source where tokens come from
   * @param directory which identities there are
   * @param config the address, and who may ask
   * @param bounds how large it may become
   * @param clock for the seconds a token has left, and for how long a request may take to arrive
   * @param status what the broker tells of itself, as JSON; asked for on the event loop
   * @param observer hears of each finished request
   * @param closed hears of each connection that is closed for the bounds' sake
   */
  public TokenListener(
      Vertx vertx,
      TokenSource source,
      IdentityDirectory directory,
      EndpointConfig config,
      ListenerLimits bounds,
      Clock clock,
      Supplier<String> status,
      RequestObserver observer,
      CloseObserver closed) {
    this(
        vertx,
        source,
        directory,
        config,
        bounds,
        InstanceMetadata.IMDS,
        clock,
        status,
        observer,
        closed);
  }

  /** The same with an instance metadata service at another address. */
  TokenListener(
      Vertx vertx,
      TokenSource source,
      IdentityDirectory directory,
      EndpointConfig config,
      ListenerLimits bounds,
      URI imds,
      Clock clock,
      Supplier<String> status,
      RequestObserver observer,
      CloseObserver closed) {
    this.address = config.listen();
    this.responses = new ResponseWriter(observer);
    this.instanceMetadata =
        config.instanceMetadata()
            ? Optional.of(new InstanceMetadata(vertx, imds, responses))
            : Optional.empty();
    TokenService tokens = new TokenService(source, directory, new SuccessBodies(clock), responses);
    Guard guard = new Guard(config.allowRemotePeers(), new HostNames(config.extraHosts()));
    IdentitySecret secret = new IdentitySecret(config.identityHeader());
    ResponseWriter msiResponses = responses.withErrorFormat(ErrorBody::ofAppService);
    StatusRoute statusRoute = new StatusRoute(status, responses);
    Router router =
        new Router(guard, responses)
            .on(
                Dialects.IMDS_PATH,
                new TokenRoute(Dialects.imds(secret, config.requireSecret()), tokens, responses))
            .on(
                Dialects.MSI_PATH,
                new TokenRoute(
                    Dialects.msi(secret, config.requireSecret()),
                    tokens.respondingBy(msiResponses),
                    msiResponses))
            .on(
                NODE_PATH,
                (request, target, body) -> responses.error(request, "node", USE_WORKLOAD_IDENTITY))
            .on(StatusRoute.PAGE_PATH, statusRoute)
            .on(StatusRoute.JSON_PATH, statusRoute);
    instanceMetadata.ifPresent(route -> router.onAndBelow(InstanceMetadata.PATH, route));
    this.server =
        new BoundedServer(
            vertx,
            new HttpServerOptions(),
            bounds,
            clock,
            CallerUidFilter.before(router::handle, vertx, config.allowedUids(), responses),
            responses::reject,
            closed);
  }

  /** Opens the listener and tells the port it got; fails if the address cannot be had. */
  public Future<Integer> start() {
    return server.start(address.host(), address.port());
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
    return server
        .drain(grace, atMost)
        .onComplete(down -> instanceMetadata.ifPresent(InstanceMetadata::close));
  }
}

package dev.tokenbroker.assembly;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.exchange.AuthorityProbe;
import dev.tokenbroker.exchange.ConnectionProblem;
import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.IdentitySelector;
import dev.tokenbroker.identity.Resolution;
import dev.tokenbroker.listener.OneLoopTransport;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** The broker's way to its tokens without a cache and a listener. Every method blocks. */
public final class OneShotExchange {

  private final BrokerConfig config;
  private final TokenOrigin origin;

  public OneShotExchange(BrokerConfig config, TokenOrigin origin) {
    this.config = config;
    this.origin = origin;
  }

  /** Why no HTTP answer comes from the authority, or its proxy; empty if one comes. */
  public Optional<ConnectionProblem> reach() {
    Vertx vertx = OneLoopTransport.vertx();
    try {
      return AuthorityProbe.ask(vertx, vertx.getOrCreateContext(), config.entra(), config.limits());
    } finally {
      vertx.close();
    }
  }

  /**
   * Makes one exchange.
   *
   * @param clientId the identity; the default one if empty
   * @throws TokenFailureException if there is no token, with the reason
   */
  public AccessToken token(Optional<String> clientId, String resource)
      throws TokenFailureException {
    TokenKey key = key(clientId, resource);
    Vertx vertx = OneLoopTransport.vertx();
    Context context = vertx.getOrCreateContext();
    Clock wall = Clock.systemUTC();
    try (TokenUpstream upstream =
        origin.open(
            vertx,
            context,
            config,
            config.entra().federatedTokenFile().map(file -> new FederatedTokenFile(file, wall)),
            key::equals,
            MonotonicClock.system(),
            RandomGenerator.getDefault())) {
      return await(context, upstream, key);
    } finally {
      vertx.close();
    }
  }

  private static AccessToken await(Context context, TokenUpstream upstream, TokenKey key)
      throws TokenFailureException {
    Promise<AccessToken> promise = Promise.promise();
    context.runOnContext(nothing -> upstream.token(key).onComplete(promise));
    Future<AccessToken> token = promise.future();
    try {
      return token.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new TokenFailureException(TokenFailureException.failureOf(token.cause()));
    }
  }

  private TokenKey key(Optional<String> clientId, String resource) throws TokenFailureException {
    IdentityDirectory directory = origin.directory(config);
    IdentitySelector selector =
        clientId
            .<IdentitySelector>map(IdentitySelector.ByClientId::new)
            .orElse(new IdentitySelector.None());
    if (!(directory.resolve(selector) instanceof Resolution.Found found)) {
      throw refused("Identity not found: it is not among the configured ones");
    }
    Identity identity = found.identity();
    if (!directory.allows(identity, resource)) {
      throw refused("This resource is not in the identity's allowed resources");
    }
    return directory.keyFor(identity, resource);
  }

  private static TokenFailureException refused(String why) {
    return new TokenFailureException(
        new TokenFailure.Rejected(
            "invalid_request", 0, why, "none", Optional.empty(), TokenFailure.Outlook.LASTING));
  }
}

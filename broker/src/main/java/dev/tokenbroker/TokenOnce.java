package dev.tokenbroker;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.identity.Resolution;
import dev.tokenbroker.identity.Selector;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** One exchange without a listener, for the command line. */
final class TokenOnce {

  private TokenOnce() {}

  /** Gets a token, as the identity with that client id or as the default one; it blocks. */
  static AccessToken fetch(BrokerConfig config, Optional<String> clientId, String resource)
      throws TokenException {
    TokenKey key = key(config, clientId, resource);
    Vertx vertx = Runtimes.vertx();
    Context context = vertx.getOrCreateContext();
    try (Issuer upstream =
        Issuer.of(
            vertx,
            context,
            config,
            Issuer.tokenFile(config, Clock.systemUTC()),
            key::equals,
            SteadyClock.system(),
            RandomGenerator.getDefault())) {
      return await(context, upstream, key);
    } finally {
      vertx.close();
    }
  }

  private static AccessToken await(Context context, Issuer upstream, TokenKey key)
      throws TokenException {
    Promise<AccessToken> promise = Promise.promise();
    context.runOnContext(nothing -> upstream.token(key).onComplete(promise));
    Future<AccessToken> token = promise.future();
    try {
      return token.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new TokenException(TokenException.failureOf(token.cause()));
    }
  }

  private static TokenKey key(BrokerConfig config, Optional<String> clientId, String resource)
      throws TokenException {
    IdentityDirectory directory = Identities.directory(config);
    Selector selector =
        clientId.<Selector>map(Selector.ByClientId::new).orElse(new Selector.None());
    if (!(directory.resolve(selector) instanceof Resolution.Found found)) {
      throw refused("Identity not found: it is not among the configured ones");
    }
    Identity identity = found.identity();
    if (!directory.allows(identity, resource)) {
      throw refused("This resource is not in the identity's allowed resources");
    }
    return directory.keyFor(identity, resource);
  }

  private static TokenException refused(String why) {
    return new TokenException(
        new TokenFailure.Rejected(
            "invalid_request", 0, why, "none", Optional.empty(), TokenFailure.Outlook.LASTING));
  }
}

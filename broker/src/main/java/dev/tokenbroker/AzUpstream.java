package dev.tokenbroker;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.Credential;
import dev.tokenbroker.laptop.AzOptions;
import dev.tokenbroker.laptop.AzTokenSource;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * What stands between the cache and a developer's az: nothing. It retries by itself, and spares
 * nobody by resting.
 */
final class AzUpstream implements Issuer {

  private final AzTokenSource az;

  AzUpstream(Vertx vertx, BrokerConfig config, Credential.AzLogin login, Clock clock) {
    az =
        new AzTokenSource(
            vertx,
            login.environment(),
            new AzOptions(
                login.tenant(),
                config.limits().exchangeTimeout(),
                config.limits().concurrentExchanges()),
            clock);
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    return az.token(key);
  }

  @Override
  public boolean isResting() {
    return false;
  }

  @Override
  public void announce() {
    az.announce();
  }

  @Override
  public void close() {
    az.close();
  }
}

package dev.tokenbroker.assembly;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.exchange.BreakerTokenSource;
import dev.tokenbroker.exchange.EntraExchange;
import dev.tokenbroker.exchange.RetryingTokenSource;
import dev.tokenbroker.threads.Timers;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** All that stands between the cache and Entra: breaker, then retry, then the exchange itself. */
final class EntraUpstream implements TokenUpstream {

  private final EntraExchange exchange;
  private final BreakerTokenSource outermost;

  EntraUpstream(
      Vertx vertx,
      Context context,
      BrokerConfig config,
      FederatedTokenFile tokenFile,
      Predicate<TokenKey> configured,
      Clock clock,
      RandomGenerator random) {
    exchange = new EntraExchange(vertx, context, tokenFile, config.entra(), config.limits(), clock);
    RetryingTokenSource retrying =
        new RetryingTokenSource(
            exchange,
            Timers.of(vertx),
            config.limits().waitTimeout().minus(config.limits().exchangeTimeout()),
            clock,
            random);
    outermost = new BreakerTokenSource(retrying, configured, clock, random);
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    return outermost.token(key);
  }

  @Override
  public boolean isResting() {
    return outermost.isOpen();
  }

  @Override
  public int stuckThreads() {
    return exchange.stuckThreads();
  }

  @Override
  public Optional<String> obstacle() {
    return exchange.obstacle();
  }

  /** Each refusal says enough by itself. */
  @Override
  public void announce() {}

  @Override
  public void close() {
    exchange.close();
  }
}

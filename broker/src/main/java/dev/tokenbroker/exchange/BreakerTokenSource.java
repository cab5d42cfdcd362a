package dev.tokenbroker.exchange;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Spares an authority that does not answer; see {@link Breaker}. */
public final class BreakerTokenSource implements TokenSource {

  private final TokenSource upstream;
  private final Clock clock;
  private final RandomGenerator random;
  private Breaker breaker = Breaker.closed();
  private boolean throttled;

  public BreakerTokenSource(TokenSource upstream, Clock clock, RandomGenerator random) {
    this.upstream = upstream;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    if (!breaker.admitsAt(clock.instant())) {
      return Future.failedFuture(new TokenException(resting()));
    }
    breaker = breaker.started();
    return upstream
        .token(key)
        .onComplete(
            token -> breaker = breaker.answered(),
            error -> breaker = afterFailure(TokenException.failureOf(error)));
  }

  /** Whether exchanges fail at once for now. */
  public boolean isOpen() {
    return !(breaker instanceof Breaker.Closed);
  }

  private Breaker afterFailure(TokenFailure failure) {
    if (failure instanceof TokenFailure.Unavailable || failure instanceof TokenFailure.Throttled) {
      throttled = failure instanceof TokenFailure.Throttled;
      return silent(failure.retryAfter().orElse(Duration.ZERO));
    }
    if (failure instanceof TokenFailure.NoAssertion && breaker instanceof Breaker.Probing) {
      // Nothing was sent, so nothing was learned: the next one may try.
      return silent(Duration.ZERO);
    }
    return failure instanceof TokenFailure.NoAssertion ? breaker : breaker.answered();
  }

  private Breaker silent(Duration asked) {
    return breaker.silent(clock.instant(), asked, random.nextDouble());
  }

  private TokenFailure resting() {
    Duration left = breaker.leftAt(clock.instant());
    String again = "; it is asked again in " + Math.max(1, left.toSeconds()) + " s";
    return throttled
        ? new TokenFailure.Throttled(
            "Entra has throttled several times in a row" + again, Optional.of(left))
        : new TokenFailure.Unavailable(
            "Entra has not answered several times in a row" + again, Optional.of(left));
  }
}

package dev.tokenbroker.exchange;

import dev.tokenbroker.threads.Timers;
import dev.tokenbroker.token.Aadsts;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries once more where a second try is likely to help: at once when the assertion was stale, since
 * the file may have been renewed meanwhile, and after a short pause when no answer came. Everything
 * else is left to the cache, which knows whether anybody is in a hurry.
 */
public final class RetryingTokenSource implements TokenSource {

  private static final long SHORTEST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 750;

  private final TokenSource upstream;
  private final Timers timers;
  private final Duration patience;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * Retries in front of another source.
   *
   * @param patience a second try starts within this time of the first one's start, or not at all:
   *     later, those who wait would be gone before it ends
   */
  public RetryingTokenSource(
      TokenSource upstream, Timers timers, Duration patience, Clock clock, RandomGenerator random) {
    this.upstream = upstream;
    this.timers = timers;
    this.patience = patience;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    Instant latest = clock.instant().plus(patience);
    return upstream
        .token(key)
        .recover(
            error ->
                pauseBefore(TokenFailureException.failureOf(error))
                    .filter(delay -> !clock.instant().plus(delay).isAfter(latest))
                    .map(delay -> again(key, delay))
                    .orElseGet(() -> Future.failedFuture(error)));
  }

  private Optional<Duration> pauseBefore(TokenFailure failure) {
    if (failure instanceof Rejected rejected && isStaleAssertion(rejected)) {
      return Optional.of(Duration.ZERO);
    }
    if (failure instanceof Unavailable && failure.retryAfter().isEmpty()) {
      return Optional.of(
          Duration.ofMillis(random.nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS)));
    }
    return Optional.empty();
  }

  private static boolean isStaleAssertion(Rejected rejected) {
    return Aadsts.of(rejected.aadsts())
        .filter(family -> family.kind() == Aadsts.Kind.STALE_ASSERTION)
        .isPresent();
  }

  private Future<AccessToken> again(TokenKey key, Duration delay) {
    if (delay.isZero()) {
      return upstream.token(key);
    }
    Promise<AccessToken> promise = Promise.promise();
    timers.after(
        delay,
        () ->
            Future.succeededFuture()
                // Composed, so that what is thrown is an answer, too.
                .compose(now -> upstream.token(key))
                .onComplete(promise));
    return promise.future();
  }
}

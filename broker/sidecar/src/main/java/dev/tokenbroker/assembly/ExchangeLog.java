package dev.tokenbroker.assembly;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CacheObserver;
import dev.tokenbroker.cache.TokenBucket;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.util.BoundedMap;
import java.time.Clock;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs each failure once when it begins, with cause and fix, and once when it is over. A failure
 * that repeats itself says nothing new and is logged at debug level only. Callers can cause as many
 * new failures as they like, so that those of keys that nobody configured are limited by a rate.
 */
final class ExchangeLog implements CacheObserver {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.exchange");
  private static final int REMEMBERED = 256;
  private static final int BURST = 20;
  private static final double PER_SECOND = 0.1;

  private final Predicate<TokenKey> configured;
  private final Clock clock;
  private final TokenBucket failures = new TokenBucket(BURST, PER_SECOND);

  /** A rate of its own: it must be said even while failures use up theirs. */
  private final TokenBucket limits = new TokenBucket(1, PER_SECOND / 6);

  private long leftOut;
  private long leftOutAtLastLine;

  private final Map<TokenKey, String> failing = BoundedMap.firstInFirstOut(REMEMBERED);

  /**
   * A log with its rate not yet used.
   *
   * @param configured the keys that the operator named: all their failures are logged
   */
  ExchangeLog(Predicate<TokenKey> configured, Clock clock) {
    this.configured = configured;
    this.clock = clock;
  }

  /** How many lines were left out since the start. */
  long leftOut() {
    return leftOut;
  }

  @Override
  public void on(CacheEvent event) {
    if (event instanceof CacheEvent.Exchanged exchanged) {
      Level level = failing.remove(exchanged.key()) == null ? Level.FINE : Level.INFO;
      LOG.log(
          level,
          () -> "token for " + name(exchanged.key()) + ", until " + exchanged.token().expiresAt());
    } else if (event instanceof CacheEvent.ExchangeFailed failed) {
      failed(failed, describe(failed.failure()));
    } else if (event instanceof CacheEvent.Limited limited) {
      warn(
          limits, () -> "no token for " + name(limited.key()) + ": " + describe(limited.failure()));
    }
  }

  private void failed(CacheEvent.ExchangeFailed failed, String text) {
    Supplier<String> line =
        () ->
            "no token for "
                + name(failed.key())
                + (failed.stillServing() ? " (still serving the one held)" : "")
                + ": "
                + text;
    if (!isNew(failed, text)) {
      LOG.fine(line);
    } else if (configured.test(failed.key())) {
      LOG.warning(line);
    } else {
      warn(failures, line);
    }
  }

  private void warn(TokenBucket rate, Supplier<String> line) {
    if (!rate.take(clock.instant())) {
      leftOut++;
      LOG.fine(line);
      return;
    }
    LOG.warning(line);
    if (leftOut > leftOutAtLastLine) {
      LOG.warning((leftOut - leftOutAtLastLine) + " more such lines were left out before this one");
      leftOutAtLastLine = leftOut;
    }
  }

  /**
   * What was not even asked says nothing that the failures before it did not, and a caller who
   * invents resources would fill the log with it.
   */
  private boolean isNew(CacheEvent.ExchangeFailed failed, String text) {
    return !(failed.failure() instanceof TokenFailure.NotAsked)
        && !text.equals(failing.put(failed.key(), text));
  }

  private static String name(TokenKey key) {
    return key.scope() + " as " + key.clientId();
  }

  private static String describe(TokenFailure failure) {
    return failure instanceof TokenFailure.Rejected rejected
        ? rejected.message() + " " + rejected.hint()
        : failure.message();
  }
}

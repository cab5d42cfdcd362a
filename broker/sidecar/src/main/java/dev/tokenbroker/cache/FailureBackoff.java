package dev.tokenbroker.cache;

import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.NoAssertion;
import dev.tokenbroker.token.TokenFailure.NotAsked;
import dev.tokenbroker.token.TokenFailure.Rejected;
import java.time.Duration;

/**
 * Computes how long a failure is remembered before the next exchange. It doubles from failure to
 * failure up to a cap, with full jitter where it may hit a whole fleet at once. Where somebody said
 * how long (the breaker, which has obeyed Entra's {@code Retry-After} with a jitter of its own),
 * that is the pause: two back-offs on top of one another outlast any outage.
 */
public final class FailureBackoff {

  /** Nobody is obeyed for longer; after it, Entra is asked whether it still holds. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private FailureBackoff() {}

  /**
   * The pause after a failure.
   *
   * @param failures how many exchanges in a row have failed, this one included; at least 1
   * @param random from 0 inclusive to 1 exclusive
   */
  public static Duration pause(TokenFailure failure, int failures, double random) {
    if (failure instanceof Rejected rejected) {
      return switch (rejected.outlook()) {
        case PROPAGATING -> doubling(5, 30, failures);
        case LASTING -> doubling(5, 60, failures);
        case BLOCKED -> doubling(60, 600, failures);
      };
    }
    if (failure instanceof NoAssertion) {
      // Nothing was sent: only a file is read again.
      return doubling(1, 5, failures);
    }
    if (failure instanceof NotAsked) {
      // All that wait for the breaker come back when it asks again, not all in one instant.
      return bounded(bounded(failure.retryAfter().orElse(SHORTEST)).plus(lessThanASecond(random)));
    }
    return failure
        .retryAfter()
        .map(FailureBackoff::bounded)
        .orElseGet(() -> fullJitter(doubling(2, 30, failures), random));
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  private static Duration lessThanASecond(double random) {
    return Duration.ofMillis((long) (1000 * random));
  }

  /** Full jitter, but never less than a second: a pause of nothing would be no pause. */
  private static Duration fullJitter(Duration cap, double random) {
    return Duration.ofMillis(1000 + (long) ((cap.toMillis() - 1000) * random));
  }

  private static Duration doubling(long firstSeconds, long capSeconds, int failures) {
    int doublings = Math.min(failures - 1, 20);
    return Duration.ofSeconds(Math.min(firstSeconds << doublings, capSeconds));
  }
}

package dev.tokenbroker.cache;

import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.NoAssertion;
import dev.tokenbroker.token.TokenFailure.Rejected;
import java.time.Duration;

/**
 * How long a failure is remembered before Entra is asked again. It doubles from failure to failure
 * up to a cap; what may hit a whole fleet at once carries full jitter.
 */
public final class Backoff {

  /** A {@code Retry-After} beyond this is taken for a mistake, not obeyed for hours. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

  private Backoff() {}

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
    return failure
        .retryAfter()
        .map(asked -> spread(asked, random))
        .orElseGet(() -> fullJitter(doubling(2, 30, failures), random));
  }

  /**
   * Never sooner than asked, and up to a quarter later, so that a throttled fleet comes back apart.
   */
  private static Duration spread(Duration asked, double random) {
    Duration bounded = asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    return bounded.plusMillis((long) (bounded.toMillis() * random / 4));
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

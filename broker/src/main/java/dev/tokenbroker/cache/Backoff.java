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

  /** The longest pause beyond a {@code Retry-After}, as a share of it. */
  private static final double MOST_LATER = 4;

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
        .map(asked -> spread(asked, failures, random))
        .orElseGet(() -> fullJitter(doubling(2, 30, failures), random));
  }

  /**
   * Never sooner than asked, and later at random: by up to a quarter the first time, by twice as
   * much each time that it was still too soon. A throttled fleet gets as many tokens a second as
   * Entra gives; coming back apart it only asks less often in vain.
   */
  private static Duration spread(Duration asked, int failures, double random) {
    Duration bounded = asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    double share = Math.min(MOST_LATER, 0.25 * (1 << Math.min(failures - 1, 10)));
    return bounded.plusMillis((long) (bounded.toMillis() * share * random));
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

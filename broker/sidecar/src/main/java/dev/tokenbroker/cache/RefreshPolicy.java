package dev.tokenbroker.cache;

import dev.tokenbroker.token.AccessToken;
import java.time.Duration;
import java.time.Instant;

/**
 * When a held token is renewed. Clients keep a token until five minutes before its end (MSAL,
 * azure-core) and then reject the same token if they get it again. So a token that lives longer
 * than twenty minutes is renewed at least ten minutes before its end, as long as somebody wants it
 * (see {@link Entry#isWanted}) and Entra answers. A token that nobody wanted until it was about to
 * end cannot be renewed ahead: its callers wait for the renewal, for a second at most.
 */
public final class RefreshPolicy {

  /** From this life on, half of it is early enough; below it, three quarters (as MSAL does). */
  private static final Duration LONG_LIVED = Duration.ofHours(2);

  /** A token that lives longer than twice this is renewed at the latest so long before its end. */
  static final Duration LATEST_BEFORE_EXPIRY = Duration.ofMinutes(10);

  /** Renewals of a fleet that started together are spread over this part of the waiting time. */
  private static final double JITTER = 0.1;

  /** What is left of a token when clients throw it away: five minutes, of a short life a tenth. */
  private static final Duration ENDING = Duration.ofMinutes(5);

  private static final int SHORT_LIFE_PARTS = 10;

  /**
   * How long callers wait for the successor of a token that is about to end, before they get that
   * token. Shorter than the shortest timeout of a client that wants a token (1 s for some probes of
   * IMDS, which need none).
   */
  static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

  private RefreshPolicy() {}

  /** Whether a client would throw the token away at once, because it is about to end. */
  static boolean isEndingAt(AccessToken token, Instant now) {
    Duration part = token.lifetime().dividedBy(SHORT_LIFE_PARTS);
    Duration ending = part.compareTo(ENDING) < 0 ? part : ENDING;
    return !now.isBefore(token.expiresAt().minus(ending));
  }

  /**
   * The instant from which the token should be renewed.
   *
   * @param random from 0 inclusive to 1 exclusive; moves the instant earlier, by up to a tenth
   */
  public static Instant refreshAt(AccessToken token, double random) {
    Duration life = token.lifetime();
    Duration wanted = token.refreshIn().orElseGet(() -> share(life));
    Duration latest = latest(life);
    boolean late = wanted.compareTo(latest) > 0;
    return token.issuedAt().plus(scale(late ? latest : wanted, 1 - JITTER * random));
  }

  /** Ten minutes before the end, but not in the first half: that would cost ever more exchanges. */
  private static Duration latest(Duration life) {
    if (life.compareTo(LATEST_BEFORE_EXPIRY) <= 0) {
      return share(life);
    }
    Duration ahead = life.minus(LATEST_BEFORE_EXPIRY);
    Duration half = life.dividedBy(2);
    return ahead.compareTo(half) > 0 ? ahead : half;
  }

  private static Duration share(Duration life) {
    return life.compareTo(LONG_LIVED) > 0 ? life.dividedBy(2) : life.multipliedBy(3).dividedBy(4);
  }

  private static Duration scale(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }
}

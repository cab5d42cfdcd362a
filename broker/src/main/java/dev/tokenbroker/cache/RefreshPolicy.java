package dev.tokenbroker.cache;

import dev.tokenbroker.token.AccessToken;
import java.time.Duration;
import java.time.Instant;

/**
 * When a held token is renewed: early enough that no client, which re-asks five minutes before the
 * end (MSAL, azure-core), ever meets a token that it would throw away at once.
 */
public final class RefreshPolicy {

  /** From this life on, half of it is early enough; below it, three quarters (as MSAL does). */
  private static final Duration LONG_LIVED = Duration.ofHours(2);

  /** A token that lives longer than this is renewed at the latest so long before its end. */
  static final Duration LATEST_BEFORE_EXPIRY = Duration.ofMinutes(10);

  /** Renewals of a fleet that started together are spread over this part of the waiting time. */
  private static final double JITTER = 0.1;

  private RefreshPolicy() {}

  /**
   * The instant from which the token should be renewed.
   *
   * @param random from 0 inclusive to 1 exclusive; moves the instant earlier, by up to a tenth
   */
  public static Instant refreshAt(AccessToken token, double random) {
    Duration life = token.lifetime();
    Duration wanted = token.refreshIn().orElseGet(() -> share(life));
    Duration latest = life.minus(LATEST_BEFORE_EXPIRY);
    boolean late = latest.compareTo(Duration.ZERO) > 0 && wanted.compareTo(latest) > 0;
    return token.issuedAt().plus(scale(late ? latest : wanted, 1 - JITTER * random));
  }

  private static Duration share(Duration life) {
    return life.compareTo(LONG_LIVED) > 0 ? life.dividedBy(2) : life.multipliedBy(3).dividedBy(4);
  }

  private static Duration scale(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }
}

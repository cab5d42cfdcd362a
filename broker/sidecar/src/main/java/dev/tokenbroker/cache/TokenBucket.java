package dev.tokenbroker.cache;

import java.time.Duration;
import java.time.Instant;

/** Lets some things happen at once, and so many a second in the long run. Not thread-safe. */
public final class TokenBucket {

  private final int burst;
  private final double perSecond;
  private double level;
  private Instant filledAt = Instant.MIN;

  /**
   * A full one.
   *
   * @param burst how many may happen at once
   * @param perSecond how many may happen each second after that
   */
  public TokenBucket(int burst, double perSecond) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.level = burst;
  }

  /** Whether one more may happen now; if so, it counts. */
  public boolean take(Instant now) {
    fill(now);
    if (level < 1) {
      return false;
    }
    level--;
    return true;
  }

  /** One that was counted did not happen. */
  void giveBack() {
    level = Math.min(burst, level + 1);
  }

  /** How long until one more may happen; zero if it may now. */
  Duration waitAt(Instant now) {
    fill(now);
    return level >= 1
        ? Duration.ZERO
        : Duration.ofMillis((long) Math.ceil((1 - level) / perSecond * 1000));
  }

  private void fill(Instant now) {
    if (filledAt.equals(Instant.MIN) || now.isBefore(filledAt)) {
      filledAt = now;
      return;
    }
    double seconds = Duration.between(filledAt, now).toMillis() / 1000.0;
    level = Math.min(burst, level + seconds * perSecond);
    filledAt = now;
  }
}

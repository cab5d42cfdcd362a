package dev.tokenbroker.exchange;

import java.time.Duration;
import java.time.Instant;

/**
 * The state of a circuit breaker: after some failures in a row it opens for a while, then one
 * exchange probes, and its outcome decides. An outage so costs Entra a few calls a minute from each
 * pod, however many resources the pod asks for.
 *
 * <p>No pause is made from another: how long it lasts depends on how often in a row it opened, or
 * on what Entra asked for, and on nothing else.
 */
sealed interface BreakerState {

  /** The longest pause that the broker chooses itself. */
  Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A {@code Retry-After} beyond this is capped; Entra is probed again after it. */
  Duration LONGEST_ASKED = Duration.ofMinutes(10);

  Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  /** A {@code Retry-After} is exceeded by up to this share, at random: fleets come back apart. */
  double MOST_LATER = 0.25;

  /** Exchanges go through. */
  record Closed(int failures) implements BreakerState {}

  /** Exchanges fail at once until the instant. */
  record Open(Instant until, int openings) implements BreakerState {}

  /** One exchange is trying, since the instant; the others fail at once. */
  record HalfOpen(Instant since, int openings) implements BreakerState {}

  static BreakerState closed() {
    return new Closed(0);
  }

  /** How long to wait where Entra said how long: never less, and at most a quarter more. */
  static Duration obeyed(Duration asked, double random) {
    Duration bounded = atMost(LONGEST_ASKED, asked);
    Duration later = bounded.plusMillis((long) (bounded.toMillis() * MOST_LATER * random));
    return atLeast(SHORTEST_PAUSE, atMost(LONGEST_ASKED, later));
  }

  /** Whether an exchange may start; if so, {@link #startedAt} is the state from then on. */
  default boolean admitsAt(Instant now) {
    return this instanceof Closed || (this instanceof Open open && !now.isBefore(open.until));
  }

  /** An admitted exchange starts. */
  default BreakerState startedAt(Instant now) {
    return this instanceof Open open ? new HalfOpen(now, open.openings) : this;
  }

  /** An exchange was answered. */
  default BreakerState answered() {
    return closed();
  }

  /** A probe told nothing about Entra: its turn is handed on. */
  default BreakerState handedOn(Instant now) {
    return this instanceof HalfOpen halfOpen ? new Open(now, halfOpen.openings) : this;
  }

  /** Entra asked to be left alone for so long; one that is open stays as it is. */
  default BreakerState asked(Instant now, Duration asked, double random) {
    return this instanceof Open ? this : new Open(now.plus(obeyed(asked, random)), openings() + 1);
  }

  /**
   * An exchange failed.
   *
   * @param threshold so many failures in a row open it
   * @param random from 0 inclusive to 1 exclusive: pods that lost Entra together come back apart
   */
  default BreakerState failed(Instant now, int threshold, double random) {
    if (this instanceof Closed closed && closed.failures + 1 < threshold) {
      return new Closed(closed.failures + 1);
    }
    if (this instanceof Open) {
      // A late failure of an exchange that started before it opened says nothing new.
      return this;
    }
    int openings = openings() + 1;
    long cap = Math.min(10_000L << Math.min(openings - 1, 10), LONGEST_PAUSE.toMillis());
    Duration pause = Duration.ofMillis(cap / 2 + (long) (cap / 2.0 * random));
    // Counted from the start of a probe: one that hangs must not make the pause longer.
    Instant until = (this instanceof HalfOpen halfOpen ? halfOpen.since : now).plus(pause);
    Instant earliest = now.plus(SHORTEST_PAUSE);
    return new Open(until.isAfter(earliest) ? until : earliest, openings);
  }

  private int openings() {
    return this instanceof HalfOpen halfOpen ? halfOpen.openings : 0;
  }

  /** How long exchanges will fail at once; zero if they go through. */
  default Duration leftAt(Instant now) {
    if (this instanceof Open open && now.isBefore(open.until)) {
      return Duration.between(now, open.until);
    }
    return this instanceof HalfOpen ? SHORTEST_PAUSE : Duration.ZERO;
  }

  private static Duration atMost(Duration most, Duration duration) {
    return duration.compareTo(most) < 0 ? duration : most;
  }

  private static Duration atLeast(Duration least, Duration duration) {
    return duration.compareTo(least) > 0 ? duration : least;
  }
}

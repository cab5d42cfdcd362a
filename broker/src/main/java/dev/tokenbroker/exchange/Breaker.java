package dev.tokenbroker.exchange;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether the authority is worth asking: after some failures in a row it is left alone for a while,
 * then one exchange may try, and its outcome decides. An outage so costs Entra a few calls a minute
 * from each pod, however many resources the pod asks for.
 */
sealed interface Breaker {

  /** So many failures in a row open it. */
  int THRESHOLD = 5;

  /** The longest time the authority is left alone. */
  Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A {@code Retry-After} beyond this is taken for a mistake. */
  Duration LONGEST_ASKED = Duration.ofMinutes(10);

  /** Exchanges go through. */
  record Closed(int failures) implements Breaker {}

  /** Exchanges fail at once until the instant. */
  record Open(Instant until, int openings) implements Breaker {}

  /** One exchange is trying; the others fail at once. */
  record Probing(int openings) implements Breaker {}

  static Breaker closed() {
    return new Closed(0);
  }

  /** Whether an exchange may start; if so, {@link #started()} is the state from then on. */
  default boolean admitsAt(Instant now) {
    return this instanceof Closed || (this instanceof Open open && !now.isBefore(open.until));
  }

  /** An admitted exchange starts. */
  default Breaker started() {
    return this instanceof Open open ? new Probing(open.openings) : this;
  }

  /** The authority answered, be it with a refusal. */
  default Breaker answered() {
    return closed();
  }

  /**
   * The authority did not answer, or answered that it wants to be left alone.
   *
   * @param asked for how long it wants to be left alone; zero if it did not say
   * @param random from 0 inclusive to 1 exclusive: pods that lost Entra together come back apart
   */
  default Breaker silent(Instant now, Duration asked, double random) {
    if (this instanceof Closed closed && closed.failures + 1 < THRESHOLD) {
      return new Closed(closed.failures + 1);
    }
    if (this instanceof Open) {
      // A late failure of an exchange that started before it opened says nothing new.
      return this;
    }
    int openings = this instanceof Probing probing ? probing.openings + 1 : 1;
    long cap = Math.min(10_000L << Math.min(openings - 1, 10), LONGEST_PAUSE.toMillis());
    Duration pause = Duration.ofMillis(cap / 2 + (long) (cap / 2.0 * random));
    Duration bounded = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    return new Open(now.plus(pause.compareTo(bounded) > 0 ? pause : bounded), openings);
  }

  /** How long exchanges will fail at once; zero if they go through. */
  default Duration leftAt(Instant now) {
    if (this instanceof Open open && now.isBefore(open.until)) {
      return Duration.between(now, open.until);
    }
    return this instanceof Probing ? Duration.ofSeconds(1) : Duration.ZERO;
  }
}

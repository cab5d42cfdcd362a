package dev.tokenbroker.exchange;

import dev.tokenbroker.token.TokenFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Breaker} at work, and why it is open. Confined to the event loop. */
final class Circuit {

  /**
   * So long a probe's turn is kept for configured keys, if one of them was refused. The cache asks
   * for these by itself within this time.
   */
  static final Duration HEAD_START = Duration.ofSeconds(3);

  private final int threshold;
  private final String what;
  private Breaker breaker = Breaker.closed();
  private boolean configuredWaits;
  private @Nullable TokenFailure last;

  /**
   * A closed one.
   *
   * @param threshold so many failures in a row open it
   * @param what has happened when it is open, in words, for callers
   */
  Circuit(int threshold, String what) {
    this.threshold = threshold;
    this.what = what;
  }

  boolean admits(Instant now, boolean configured) {
    return breaker.admitsAt(from(now, configured));
  }

  /** An exchange starts that was admitted. Returns whether it is the probe. */
  boolean start(Instant now) {
    breaker = breaker.startedAt(now);
    return breaker instanceof Breaker.Probing;
  }

  /** What to tell somebody who is not admitted. */
  TokenFailure.NotAsked refuse(Instant now, boolean configured) {
    configuredWaits |= configured;
    String cause = last == null ? what : what + " (" + last.message() + ")";
    return new TokenFailure.NotAsked(
        cause,
        Optional.of(breaker.leftAt(from(now, configured))),
        last instanceof TokenFailure.Throttled);
  }

  void answered() {
    breaker = breaker.answered();
    configuredWaits = false;
    last = null;
  }

  /** An exchange ended that says nothing here. */
  void unknown(Instant now, boolean probe) {
    if (probe) {
      breaker = breaker.handedOn(now);
    }
  }

  /** An exchange failed. While another one probes, only that one decides. */
  void failed(Instant now, TokenFailure failure, boolean probe, double random) {
    if (breaker instanceof Breaker.Probing && !probe) {
      return;
    }
    last = failure;
    // What a gateway asks for is its answer to one request, and must not stop all.
    Optional<Duration> asked =
        failure.reach() == TokenFailure.Reach.IDENTITY ? failure.retryAfter() : Optional.empty();
    breaker =
        asked.isPresent()
            ? breaker.asked(now, asked.get(), random)
            : breaker.failed(now, thresholdFor(failure), random);
  }

  /** Entra's word that it throttles needs no second one. */
  private int thresholdFor(TokenFailure failure) {
    return failure instanceof TokenFailure.Throttled ? 1 : threshold;
  }

  Duration leftAt(Instant now) {
    return breaker.leftAt(now);
  }

  boolean isOpen() {
    return !(breaker instanceof Breaker.Closed);
  }

  private Instant from(Instant now, boolean configured) {
    return configured || !configuredWaits ? now : now.minus(HEAD_START);
  }
}

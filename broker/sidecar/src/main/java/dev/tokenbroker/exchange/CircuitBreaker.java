package dev.tokenbroker.exchange;

import dev.tokenbroker.token.TokenFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A circuit breaker, and why it is open. Confined to the event loop. */
final class CircuitBreaker {

  /**
   * So long a probe's turn is kept for configured keys, if one of them was refused. The cache asks
   * for these by itself within this time.
   */
  static final Duration HEAD_START = Duration.ofSeconds(3);

  private final int threshold;
  private final String reason;
  private BreakerState state = BreakerState.closed();
  private boolean configuredWaits;
  private @Nullable TokenFailure last;

  /**
   * A breaker that is closed.
   *
   * @param threshold so many failures in a row open it
   * @param reason what callers are told when it is open
   */
  CircuitBreaker(int threshold, String reason) {
    this.threshold = threshold;
    this.reason = reason;
  }

  boolean admits(Instant now, boolean configured) {
    return state.admitsAt(from(now, configured));
  }

  /** An exchange starts that was admitted. Returns whether it is the probe. */
  boolean start(Instant now) {
    state = state.startedAt(now);
    return state instanceof BreakerState.HalfOpen;
  }

  /** What to tell somebody who is not admitted. */
  TokenFailure.NotAsked refuse(Instant now, boolean configured) {
    configuredWaits |= configured;
    String cause = last == null ? reason : reason + " (" + last.message() + ")";
    return new TokenFailure.NotAsked(
        cause,
        Optional.of(state.leftAt(from(now, configured))),
        last instanceof TokenFailure.Throttled);
  }

  void answered() {
    state = state.answered();
    configuredWaits = false;
    last = null;
  }

  /** An exchange ended that says nothing here. */
  void unknown(Instant now, boolean probe) {
    if (probe) {
      state = state.handedOn(now);
    }
  }

  /** An exchange failed. While another one probes, only that one decides. */
  void failed(Instant now, TokenFailure failure, boolean probe, double random) {
    if (state instanceof BreakerState.HalfOpen && !probe) {
      return;
    }
    last = failure;
    // What a gateway asks for is its answer to one request, and must not stop all.
    Optional<Duration> asked =
        failure.reach() == TokenFailure.Reach.IDENTITY ? failure.retryAfter() : Optional.empty();
    state =
        asked.isPresent()
            ? state.asked(now, asked.get(), random)
            : state.failed(now, thresholdFor(failure), random);
  }

  /** Entra's word that it throttles needs no second one. */
  private int thresholdFor(TokenFailure failure) {
    return failure instanceof TokenFailure.Throttled ? 1 : threshold;
  }

  Duration leftAt(Instant now) {
    return state.leftAt(now);
  }

  boolean isOpen() {
    return !(state instanceof BreakerState.Closed);
  }

  private Instant from(Instant now, boolean configured) {
    return configured || !configuredWaits ? now : now.minus(HEAD_START);
  }
}

package dev.tokenbroker.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks until there is an answer that stands, or the caller's patience ends. At first that patience
 * is longer: the app may start before the broker is ready.
 */
final class Exchange {

  /** Enough for a broker that holds a token; a caller who holds a valid one waits no longer. */
  private static final Duration BRIEFLY = Duration.ofSeconds(2);

  /** An attempt with less than this left would end in a time-out, and hide why the last failed. */
  private static final Duration WORTH_AN_ATTEMPT = Duration.ofMillis(500);

  private final HttpBroker broker;
  private final Duration startDeadline;
  private final Duration deadline;
  private final Time time;
  private volatile boolean met;

  Exchange(HttpBroker broker, Duration startDeadline, Duration deadline, Time time) {
    this.broker = broker;
    this.startDeadline = startDeadline;
    this.deadline = deadline;
    this.time = time;
  }

  /** With retries; fails with a TokenException. */
  CompletableFuture<Token> patiently(Ask ask) {
    Duration patience = met ? deadline : startDeadline;
    return attempt(ask, time.nanos() + patience.toNanos(), 0);
  }

  /** Without retries; fails with a TokenException. */
  CompletableFuture<Token> briefly(Ask ask) {
    return broker.ask(ask, BRIEFLY).thenCompose(Exchange::settle);
  }

  private CompletableFuture<Token> attempt(Ask ask, long end, int retries) {
    Duration left = Duration.ofNanos(Math.max(1, end - time.nanos()));
    return broker
        .ask(ask, left)
        .thenCompose(
            answer -> {
              Optional<Duration> wait = waitAfter(answer, retries, end);
              return wait.isEmpty()
                  ? settle(answer)
                  : time.pause(wait.get()).thenCompose(rested -> attempt(ask, end, retries + 1));
            });
  }

  /** Nothing if the answer stands, or if the next one would come too late. */
  private Optional<Duration> waitAfter(Answer answer, int retries, long end) {
    if (!(answer instanceof Answer.Refused refused && refused.worthRetrying())) {
      met = true;
      return Optional.empty();
    }
    Duration backoff = Backoff.before(retries);
    Duration asked = retryAfter(refused.failure());
    Duration wait = asked.compareTo(backoff) > 0 ? asked : backoff;
    Duration needed = wait.plus(WORTH_AN_ATTEMPT);
    return needed.toNanos() <= end - time.nanos() ? Optional.of(wait) : Optional.empty();
  }

  private static Duration retryAfter(TokenException failure) {
    if (failure instanceof TokenException.Throttled throttled) {
      return throttled.retryAfter();
    }
    return failure instanceof TokenException.Unavailable unavailable
        ? unavailable.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private static CompletableFuture<Token> settle(Answer answer) {
    return answer instanceof Answer.Granted granted
        ? CompletableFuture.completedFuture(granted.token())
        : CompletableFuture.failedFuture(((Answer.Refused) answer).failure());
  }
}

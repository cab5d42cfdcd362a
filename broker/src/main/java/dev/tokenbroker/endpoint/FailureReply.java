package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * The only place where a failure becomes a status: 400 makes SDKs stop, 429 and 503 make them come
 * back after {@code Retry-After}.
 */
final class FailureReply {

  /** Entra's usual advice when it throttles. */
  private static final Duration THROTTLED_WAIT = Duration.ofSeconds(10);

  private static final Duration UNAVAILABLE_WAIT = Duration.ofSeconds(5);

  private static final Refusal DEFECT =
      Refusal.of(500, Outcome.FAILED, "server_error", "The broker failed; its log says why");

  private FailureReply() {}

  static Refusal of(Throwable failure) {
    return failure instanceof TokenException known ? of(known.failure()) : DEFECT;
  }

  static Refusal of(TokenFailure failure) {
    if (failure instanceof TokenFailure.Rejected rejected) {
      return Refusal.of(400, Outcome.REJECTED, rejected.error(), describe(rejected))
          .ofEntra(rejected.aadsts(), rejected.correlationId());
    }
    if (failure instanceof TokenFailure.Throttled throttled) {
      return Refusal.of(429, Outcome.THROTTLED, "too_many_requests", throttled.message())
          .retryAfter(throttled.retryAfter().orElse(THROTTLED_WAIT));
    }
    Outcome outcome =
        failure instanceof TokenFailure.NoAssertion ? Outcome.NO_ASSERTION : Outcome.UNAVAILABLE;
    return Refusal.of(503, outcome, "temporarily_unavailable", failure.message())
        .retryAfter(wait(failure).orElse(UNAVAILABLE_WAIT));
  }

  private static Optional<Duration> wait(TokenFailure failure) {
    return failure instanceof TokenFailure.Unavailable unavailable
        ? unavailable.retryAfter()
        : Optional.empty();
  }

  /** {@code AADSTS700016: what Entra said. What to do about it}. */
  private static String describe(TokenFailure.Rejected rejected) {
    String code = "AADSTS" + rejected.aadsts();
    boolean codeMissing = rejected.aadsts() != 0 && !rejected.message().startsWith(code);
    String said = codeMissing ? code + ": " + rejected.message() : rejected.message();
    if (rejected.hint().isEmpty()) {
      return said;
    }
    return said + (said.endsWith(".") ? " " : ". ") + rejected.hint();
  }
}

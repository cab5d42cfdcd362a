package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import java.time.Duration;

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
    Outcome outcome = Outcome.of(failure.kind());
    if (outcome == Outcome.THROTTLED) {
      return Refusal.of(429, outcome, "too_many_requests", failure.message())
          .retryAfter(failure.retryAfter().orElse(THROTTLED_WAIT));
    }
    return Refusal.of(503, outcome, "temporarily_unavailable", failure.message())
        .retryAfter(failure.retryAfter().orElse(UNAVAILABLE_WAIT));
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

package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import java.time.Duration;

/**
 * The only place where a failure becomes a status: 403 makes SDKs stop and show the text, 429 and
 * 503 make them come back after {@code Retry-After}. A refusal by Entra is not 400: SDKs read that
 * as "this machine has no such identity", and some then never ask again, or fall through to the
 * next credential of a chain and hide the cause. NMI answered 403, too (aad-pod-identity, {@code
 * pkg/nmi/server/server.go}).
 */
public final class ErrorMapper {

  /** Entra's usual advice when it throttles. */
  private static final Duration THROTTLED_WAIT = Duration.ofSeconds(10);

  private static final Duration UNAVAILABLE_WAIT = Duration.ofSeconds(5);

  /** AADSTS700016: application not found in the directory. */
  private static final int NO_SUCH_APPLICATION = 700016;

  private static final ErrorResponse DEFECT =
      ErrorResponse.of(
          500, RequestOutcome.FAILED, "server_error", "The broker failed; its log says why");

  private ErrorMapper() {}

  public static ErrorResponse of(Throwable failure) {
    return failure instanceof TokenFailureException known ? of(known.failure()) : DEFECT;
  }

  /**
   * For a client id that the caller named and nobody configured: if Entra does not know it either,
   * this pod has no such identity, and that is 400. az before 2.73 goes on to the next kind of id
   * after that status alone.
   */
  static ErrorResponse ofUnconfigured(Throwable failure) {
    ErrorResponse refusal = of(failure);
    return refusal.aadsts() == NO_SUCH_APPLICATION ? refusal.as(400) : refusal;
  }

  public static ErrorResponse of(TokenFailure failure) {
    if (failure instanceof TokenFailure.Rejected rejected) {
      return ErrorResponse.of(403, RequestOutcome.REJECTED, rejected.error(), describe(rejected))
          .ofEntra(rejected.aadsts(), rejected.correlationId());
    }
    RequestOutcome outcome = RequestOutcome.of(failure.kind());
    if (outcome == RequestOutcome.THROTTLED) {
      return ErrorResponse.of(429, outcome, "too_many_requests", failure.message())
          .retryAfter(failure.retryAfter().orElse(THROTTLED_WAIT));
    }
    return ErrorResponse.of(503, outcome, "temporarily_unavailable", failure.message())
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

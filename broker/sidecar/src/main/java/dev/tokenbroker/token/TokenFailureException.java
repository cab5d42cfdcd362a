package dev.tokenbroker.token;

import java.util.Optional;

/**
 * Carries a {@link TokenFailure} through a failed future. It has no stack trace: it is an answer.
 */
public final class TokenFailureException extends Exception {

  private final transient TokenFailure failure;

  public TokenFailureException(TokenFailure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public TokenFailure failure() {
    return failure;
  }

  /**
   * The failure that an error carries; a defect of ours becomes one too, named by its class only.
   */
  public static TokenFailure failureOf(Throwable error) {
    return error instanceof TokenFailureException known
        ? known.failure
        : new TokenFailure.Unavailable(
            "Internal error: " + error.getClass().getSimpleName(), Optional.empty());
  }
}

package dev.tokenbroker.token;

/**
 * Carries a {@link TokenFailure} through a failed future. It has no stack trace: it is an answer.
 */
public final class TokenException extends Exception {

  private final transient TokenFailure failure;

  public TokenException(TokenFailure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  public TokenFailure failure() {
    return failure;
  }
}

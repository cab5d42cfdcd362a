package dev.tokenbroker.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no token, as one of three things an app can act on. No message holds a token or a
 * secret.
 */
public abstract sealed class TokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TokenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * The broker, or Entra behind it, understood the request and said no. Asking again does not help
   * until somebody changes something; {@link #hint()} says what.
   */
  public static final class Rejected extends TokenException {

    private static final long serialVersionUID = 1L;

    /** The OAuth error code, or empty. */
    private final String error;

    /** What happened and what to do, or empty. */
    private final String hint;

    /** The request's id in the logs, or empty. */
    private final String correlationId;

    Rejected(String message, String error, String hint, String correlationId) {
      super(message, null);
      this.error = error;
      this.hint = hint;
      this.correlationId = correlationId;
    }

    /**
     * The OAuth error code.
     *
     * @return such as {@code invalid_client}; empty if the answer had none
     */
    public String error() {
      return error;
    }

    /**
     * What Entra said, with the AADSTS number, and what to do about it, in plain words.
     *
     * @return one line; empty if the answer had none
     */
    public String hint() {
      return hint;
    }

    /**
     * The id by which the broker's log and Entra's sign-in log know this request.
     *
     * @return usually a GUID; empty if the answer had none
     */
    public String correlationId() {
      return correlationId;
    }
  }

  /** Entra asks to slow down, for longer than the client was ready to wait. */
  public static final class Throttled extends TokenException {

    private static final long serialVersionUID = 1L;

    /** How long to wait; zero if unknown. */
    private final Duration retryAfter;

    Throttled(String message, Duration retryAfter) {
      super(message, null);
      this.retryAfter = retryAfter;
    }

    /**
     * How long to wait before asking again.
     *
     * @return zero if the broker did not say
     */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /**
   * The broker did not answer in time, or could not get a token now: it is not there yet, it
   * restarts, or Entra cannot be reached. Asking again later can help.
   */
  public static final class Unavailable extends TokenException {

    private static final long serialVersionUID = 1L;

    /** How long to wait; null if unknown. */
    private final @Nullable Duration retryAfter;

    Unavailable(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
      super(message, cause);
      this.retryAfter = retryAfter;
    }

    /**
     * How long to wait before asking again.
     *
     * @return empty if the broker did not say
     */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }
}

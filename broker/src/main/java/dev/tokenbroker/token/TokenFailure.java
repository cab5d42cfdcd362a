package dev.tokenbroker.token;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Why there is no token, as one of five things a caller can act on. No text in here ever holds a
 * token or an assertion.
 */
public sealed interface TokenFailure {

  /** What happened, in plain words, for the caller and the log. */
  String message();

  /** What it comes down to for whoever counts, shows or answers it. */
  Kind kind();

  /** Whether asking again later can help without anybody changing anything. */
  default boolean isTransient() {
    return !(this instanceof Rejected);
  }

  /** How long to wait before asking again, if anybody said so. */
  default Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** The same failure for a caller who comes later, {@code left} before Entra is asked again. */
  default TokenFailure retryingIn(Duration left) {
    return this;
  }

  /**
   * Entra understood the request and said no.
   *
   * @param error Entra's OAuth error code, such as {@code invalid_client}
   * @param aadsts the AADSTS number, or 0 if Entra gave none
   * @param message what Entra said, shortened to one line
   * @param correlationId Entra's correlation id, or the one we sent
   * @param hint cause and fix in plain words; empty if we know none
   * @param outlook how long the answer is likely to stay the same
   */
  record Rejected(
      String error, int aadsts, String message, String correlationId, String hint, Outlook outlook)
      implements TokenFailure {

    @Override
    public Kind kind() {
      return Kind.REJECTED;
    }
  }

  /**
   * Entra asked us to slow down.
   *
   * @param retryAfter what Entra's {@code Retry-After} said, if it sent one
   */
  record Throttled(String message, Optional<Duration> retryAfter) implements TokenFailure {

    @Override
    public Kind kind() {
      return Kind.THROTTLED;
    }

    @Override
    public TokenFailure retryingIn(Duration left) {
      return new Throttled(message, Optional.of(left));
    }
  }

  /**
   * Entra did not answer, or answered that it cannot now (5xx, a broken body, no connection).
   *
   * @param retryAfter what the {@code Retry-After} header said, if there was one
   */
  record Unavailable(String message, Optional<Duration> retryAfter) implements TokenFailure {

    @Override
    public Kind kind() {
      return Kind.UNAVAILABLE;
    }

    @Override
    public TokenFailure retryingIn(Duration left) {
      return new Unavailable(message, Optional.of(left));
    }
  }

  /**
   * Nothing was sent, to spare Entra or the broker: Entra does not answer and is left alone for a
   * while, or as many exchanges are under way as there may be.
   *
   * @param retryAfter when it is worth asking again
   * @param throttled whether that is because Entra throttled, last time it was asked
   */
  record NotAsked(String message, Optional<Duration> retryAfter, boolean throttled)
      implements TokenFailure {

    @Override
    public Kind kind() {
      return throttled ? Kind.THROTTLED : Kind.UNAVAILABLE;
    }

    @Override
    public TokenFailure retryingIn(Duration left) {
      return new NotAsked(message, Optional.of(left), throttled);
    }
  }

  /** The projected token file is missing, empty, malformed or expired: there is nothing to send. */
  record NoAssertion(String message) implements TokenFailure {

    @Override
    public Kind kind() {
      return Kind.NO_ASSERTION;
    }
  }

  /** A small closed set, so that it can label a meter. */
  enum Kind {
    /** Entra said no. */
    REJECTED,
    /** It is Entra's wish that we slow down, said just now or the last time it was asked. */
    THROTTLED,
    /** Entra cannot be asked, or not just now. */
    UNAVAILABLE,
    /** There is nothing to send to Entra. */
    NO_ASSERTION;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name as meters and the status show it. */
    public String label() {
      return label;
    }
  }

  /** How long a refusal is likely to last; decides how soon it is worth asking again. */
  enum Outlook {
    /** Heals by itself in seconds to minutes, such as a federated credential still propagating. */
    PROPAGATING,
    /** Lasts until somebody changes the configuration. */
    LASTING,
    /** A policy block or a request loop: asking again soon makes it worse. */
    BLOCKED
  }
}

package dev.tokenbroker.token;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The reason why there is no token, as one of five that a caller can act on. No text in here ever
 * holds a token or an assertion.
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

  /** What the failure says about Entra, beyond the one request that failed. */
  default Reach reach() {
    return Reach.UNKNOWN;
  }

  /**
   * The seconds to tell a caller, in a header or a text: whole ones, rounded up (RFC 9110 §10.2.3),
   * and never 0, which would mean "at once".
   */
  static long wholeSeconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
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
   * @param remedy cause and fix; empty if we know none
   * @param outlook how long the answer is likely to stay the same
   */
  record Rejected(
      String error,
      int aadsts,
      String message,
      String correlationId,
      Optional<Remedy> remedy,
      Outlook outlook)
      implements TokenFailure {

    /** Cause and fix in one line; empty if we know none. */
    public String hint() {
      return remedy.map(Remedy::text).orElse("");
    }

    @Override
    public Kind kind() {
      return Kind.REJECTED;
    }

    @Override
    public Reach reach() {
      return Reach.REQUEST;
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

    /** Entra throttles an application in a tenant: it says nothing about any other. */
    @Override
    public Reach reach() {
      return Reach.IDENTITY;
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
   * @param reach what it says about Entra as a whole
   */
  record Unavailable(String message, Optional<Duration> retryAfter, Reach reach)
      implements TokenFailure {

    /** One that says nothing about Entra, such as a defect of ours. */
    public Unavailable(String message, Optional<Duration> retryAfter) {
      this(message, retryAfter, Reach.UNKNOWN);
    }

    /** No answer came from the authority: no connection, a broken one, or a timeout. */
    public static Unavailable silent(String message) {
      return new Unavailable(message, Optional.empty(), Reach.AUTHORITY);
    }

    @Override
    public Kind kind() {
      return Kind.UNAVAILABLE;
    }

    @Override
    public TokenFailure retryingIn(Duration left) {
      return new Unavailable(message, Optional.of(left), reach);
    }
  }

  /**
   * Nothing was sent, to spare Entra or the broker: Entra does not answer or throttles and is left
   * alone for a while, as many exchanges are under way as there may be, or too many new tokens were
   * asked for.
   *
   * @param cause why, without a number of seconds: {@link #message()} adds it, so that the text and
   *     {@code Retry-After} always agree
   * @param retryAfter when it is worth asking again
   * @param throttled whether the caller is to slow down, or waits for something else
   */
  record NotAsked(String cause, Optional<Duration> retryAfter, boolean throttled)
      implements TokenFailure {

    @Override
    public String message() {
      return cause
          + retryAfter.map(wait -> "; try again in " + wholeSeconds(wait) + " s").orElse("");
    }

    @Override
    public Kind kind() {
      return throttled ? Kind.THROTTLED : Kind.UNAVAILABLE;
    }

    @Override
    public TokenFailure retryingIn(Duration left) {
      return new NotAsked(cause, Optional.of(left), throttled);
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
    /** The caller is to slow down: Entra throttles, or too many new tokens were asked for. */
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

  /** How far a failure reaches; decides whom a breaker stops. */
  enum Reach {
    /** Nothing was learned about Entra: nothing was sent, or the broker itself failed. */
    UNKNOWN,
    /** Entra answered; the answer concerns this request only. */
    REQUEST,
    /** Entra answered; the answer concerns the application in its tenant, whatever it asks for. */
    IDENTITY,
    /** The authority did not answer: nobody can get a token from it. */
    AUTHORITY
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

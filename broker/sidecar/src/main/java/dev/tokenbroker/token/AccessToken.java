package dev.tokenbroker.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A token as Entra gave it.
 *
 * <p>Clients are told its end in whole seconds ({@code expires_on}), so the end is cut to whole
 * seconds here, once, and every other place takes it from here.
 *
 * @param value the bearer token: secret, so {@link #toString()} masks it
 * @param issuedAt when the broker received it, by the broker's clock
 * @param expiresAt when it ends, by the broker's clock, in whole seconds; nothing is served at or
 *     past this instant
 * @param refreshIn Entra's own advice when to renew it, counted from {@code issuedAt}, if it gave
 *     one
 */
public record AccessToken(
    String value, Instant issuedAt, Instant expiresAt, Optional<Duration> refreshIn) {

  private static final int MILLIS_OF_SECOND = 1000;

  /** Cuts the end to whole seconds. */
  public AccessToken {
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Whether the token may be handed out at {@code now}: only while at least one whole second is
   * left. Clients reject an {@code expires_in} of 0, and could not use the token anyway.
   */
  public boolean isValidAt(Instant now) {
    long begun = now.getNano() > 0 ? 1 : 0;
    return now.getEpochSecond() + begun < expiresAt.getEpochSecond();
  }

  /**
   * The {@code expires_in} to tell at this moment: the whole seconds left, rounded down. It is at
   * least 1, because the clock may move on between the check that the token is valid and this call.
   *
   * @param nowMillis the broker's clock, in milliseconds since the epoch
   */
  public long expiresIn(long nowMillis) {
    long left = expiresAt.getEpochSecond() * MILLIS_OF_SECOND - nowMillis;
    return Math.max(1, left / MILLIS_OF_SECOND);
  }

  /** The whole life Entra gave the token. */
  public Duration lifetime() {
    return Duration.between(issuedAt, expiresAt);
  }

  @Override
  public String toString() {
    return "AccessToken[value=***, issuedAt=" + issuedAt + ", expiresAt=" + expiresAt + "]";
  }
}

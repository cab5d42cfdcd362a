package dev.tokenbroker.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A token as Entra gave it.
 *
 * @param value the bearer token: secret, so {@link #toString()} masks it
 * @param issuedAt when the broker received it, by the broker's clock
 * @param expiresAt when it ends, by the broker's clock; nothing is served at or past this instant
 * @param refreshIn Entra's own advice when to renew it, counted from {@code issuedAt}, if it gave
 *     one
 */
public record AccessToken(
    String value, Instant issuedAt, Instant expiresAt, Optional<Duration> refreshIn) {

  /** Whether the token may still be handed out at {@code now}. */
  public boolean isValidAt(Instant now) {
    return now.isBefore(expiresAt);
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

package dev.tokenbroker.client;

import java.time.Instant;

/**
 * A bearer token as the broker gave it.
 *
 * @param value what goes behind {@code Authorization: Bearer}; secret, so {@link #toString()} masks
 *     it
 * @param resource what it was asked for, such as {@code https://vault.azure.net}
 * @param expiresAt when it ends; the resource refuses it from then on
 * @param refreshAt when to ask {@link TokenClient} again: five minutes before the end, or halfway
 *     for a token that came with less than ten minutes left
 */
public record Token(String value, String resource, Instant expiresAt, Instant refreshAt) {

  /**
   * Whether it may still be used.
   *
   * @param now the moment of use
   * @return false at {@code expiresAt} and later
   */
  public boolean isValidAt(Instant now) {
    return now.isBefore(expiresAt);
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return "Token[value=***, resource="
        + resource
        + ", expiresAt="
        + expiresAt
        + ", refreshAt="
        + refreshAt
        + "]";
  }
}

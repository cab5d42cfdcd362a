package dev.tokenbroker.cache;

import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which keys were turned away lately, in 64 KB however many they are: each has one place,
 * by its hash, and the next one there replaces it. A key that is forgotten merely counts as new.
 */
final class RejectedKeys {

  /** A client that obeys {@code Retry-After} comes back after it, not before. */
  static final Duration EARLIEST = Duration.ofSeconds(1);

  private static final Duration LATEST = Duration.ofMinutes(2);
  private static final int PLACES = 1 << 13;
  private static final int MILLIS = 100;

  /** In each place the hash of a key, and when it was turned away, in tenths of a second. */
  private long @Nullable [] places;

  /** The key is turned away; the first time within two minutes is the one that counts. */
  void remember(TokenKey key, Instant now) {
    if (places == null) {
      places = new long[PLACES];
    }
    if (ageOf(key, now) > LATEST.toMillis()) {
      places[place(key)] = ((long) key.hashCode() << 32) | (tenths(now) & 0xffffffffL);
    }
  }

  /** Whether the key was turned away and comes back as it was told to. */
  boolean comesBack(TokenKey key, Instant now) {
    long age = ageOf(key, now);
    return age >= EARLIEST.toMillis() && age <= LATEST.toMillis();
  }

  private long ageOf(TokenKey key, Instant now) {
    if (places == null) {
      return Long.MAX_VALUE;
    }
    long kept = places[place(key)];
    return kept != 0 && (int) (kept >> 32) == key.hashCode()
        ? (long) (tenths(now) - (int) kept) * MILLIS
        : Long.MAX_VALUE;
  }

  private static int tenths(Instant now) {
    return (int) (now.toEpochMilli() / MILLIS);
  }

  private static int place(TokenKey key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }
}

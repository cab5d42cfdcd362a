package dev.tokenbroker.config;

import java.time.Duration;

/**
 * Limits that keep the broker small and Entra unharmed. Every number is at least 1, every time
 * limit is longer than zero.
 *
 * @param keys how many tokens (identity and resource) are held at once, beside the prefetched ones
 * @param concurrentExchanges how many exchanges may be under way at once
 * @param connections how many client connections may be open at once
 * @param exchangeTimeout how long one exchange may take
 * @param waitTimeout how long a caller may wait when no valid token is held
 * @param startupSpread within this time of the start, each prefetch begins at a random moment; may
 *     be zero: all at once
 */
public record Limits(
    int keys,
    int concurrentExchanges,
    int connections,
    Duration exchangeTimeout,
    Duration waitTimeout,
    Duration startupSpread) {

  public Limits {
    if (keys < 1 || concurrentExchanges < 1 || connections < 1) {
      throw new IllegalArgumentException("a limit must be at least 1");
    }
    if (exchangeTimeout.compareTo(Duration.ZERO) <= 0
        || waitTimeout.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("a time limit must be longer than zero");
    }
    if (startupSpread.isNegative()) {
      throw new IllegalArgumentException("a spread cannot be negative");
    }
  }
}

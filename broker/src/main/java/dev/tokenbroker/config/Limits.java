package dev.tokenbroker.config;

import java.time.Duration;

/**
 * What keeps the broker small and Entra unharmed.
 *
 * @param keys how many tokens (identity and resource) are held at once, beside the prefetched ones
 * @param concurrentExchanges how many exchanges may be under way at once
 * @param connections how many client connections may be open at once
 * @param exchangeTimeout how long one exchange may take
 * @param waitTimeout how long a caller may wait when no valid token is held
 */
public record Limits(
    int keys,
    int concurrentExchanges,
    int connections,
    Duration exchangeTimeout,
    Duration waitTimeout) {}

package dev.tokenbroker.exchange;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How exchanges are done.
 *
 * @param caFile PEM certificates trusted for Entra in addition to the system's roots
 * @param route how they reach Entra
 * @param timeout how long one exchange may take, from the connection to the last byte
 * @param concurrency how many may be under way at once
 */
public record ExchangeOptions(
    Optional<Path> caFile, EntraRoute route, Duration timeout, int concurrency) {}

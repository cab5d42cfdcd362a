package dev.tokenbroker.dev;

import java.time.Duration;
import java.util.Optional;

/**
 * The options with which az is run.
 *
 * @param tenant the tenant to ask, if not the one az is set to
 * @param timeout how long one run may take
 * @param concurrency how many may run at once
 */
public record AzOptions(Optional<String> tenant, Duration timeout, int concurrency) {}

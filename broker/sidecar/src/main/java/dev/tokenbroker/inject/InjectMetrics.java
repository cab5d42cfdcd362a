package dev.tokenbroker.inject;

import dev.tokenbroker.listener.CloseReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The webhook's meters. All series exist from the start. */
final class InjectMetrics {

  /** The result of a review. */
  enum Result {
    PATCHED,
    UNTOUCHED,
    REFUSED,
    /** No admission review, or too large a one. */
    MALFORMED,
    /** Our own mistake. */
    FAILED
  }

  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Result, Counter> reviews = new EnumMap<>(Result.class);
  private final Map<CloseReason, Counter> connections = new EnumMap<>(CloseReason.class);
  private final Counter seconds;

  InjectMetrics() {
    for (Result result : Result.values()) {
      reviews.put(
          result,
          Counter.builder("token_broker.inject.reviews")
              .description("Pods looked at, by what came of it.")
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    for (CloseReason reason : CloseReason.values()) {
      connections.put(
          reason,
          Counter.builder("token_broker.inject.connections.closed")
              .description("Connections closed, by reason.")
              .tag("reason", reason.label())
              .register(registry));
    }
    seconds =
        Counter.builder("token_broker.inject.seconds")
            .description("Time spent on reviews.")
            .register(registry);
  }

  /** Registers a gauge of the end of the certificate that is served, in seconds of the epoch. */
  void watchCertificate(Supplier<Instant> expiry) {
    Gauge.builder(
            "token_broker.inject.certificate.expiry.timestamp.seconds",
            () -> expiry.get().getEpochSecond())
        .description("End of the certificate.")
        .register(registry);
  }

  void count(Result result, long nanos) {
    Objects.requireNonNull(reviews.get(result)).increment();
    seconds.increment(nanos / NANOS_PER_SECOND);
  }

  void closed(CloseReason reason) {
    Objects.requireNonNull(connections.get(reason)).increment();
  }

  /** Returns all meters in Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }
}

package dev.tokenbroker.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests by dialect and outcome; found without building a key, since every request counts. */
final class RequestCounters {

  static final List<String> DIALECTS =
      List.of(
          "imds",
          "app_service",
          "msi_secret",
          "cloud_shell",
          "node",
          "instance",
          "authority",
          "status",
          "none");
  static final List<String> OUTCOMES =
      List.of(
          "served",
          "shown",
          "passed_on",
          "guarded",
          "unproven",
          "invalid",
          "identity_not_found",
          "forbidden",
          "not_found",
          "rejected",
          "throttled",
          "unavailable",
          "no_assertion",
          "abandoned",
          "failed");
  private static final String OTHER = "other";

  private final Map<String, Map<String, Counter>> counters = new HashMap<>();
  private final Counter other;

  RequestCounters(MeterRegistry registry) {
    for (String dialect : DIALECTS) {
      Map<String, Counter> byOutcome = new HashMap<>();
      OUTCOMES.forEach(outcome -> byOutcome.put(outcome, counter(registry, dialect, outcome)));
      counters.put(dialect, byOutcome);
    }
    other = counter(registry, OTHER, OTHER);
  }

  void count(String dialect, String outcome) {
    counters.getOrDefault(dialect, Map.of()).getOrDefault(outcome, other).increment();
  }

  private static Counter counter(MeterRegistry registry, String dialect, String outcome) {
    return Counter.builder("token_broker.requests")
        .description("Requests on the token listener, by dialect and by how they ended")
        .tag("dialect", dialect)
        .tag("outcome", outcome)
        .register(registry);
  }
}

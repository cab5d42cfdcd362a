package dev.tokenbroker.admin;

import dev.tokenbroker.listener.CloseReason;
import dev.tokenbroker.token.Aadsts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters whose labels have small closed sets of values: all series exist from the start, none
 * can be invented by a caller, and counting looks up maps without building a key.
 */
final class LabelledCounters {

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
  private static final List<String> LISTENERS = List.of("token", "authority", "admin");
  private static final String OTHER = "other";

  private final MeterRegistry registry;
  private final Map<String, Map<String, Counter>> requests = new HashMap<>();
  private final Counter otherRequests;
  private final Map<String, Counter> refusals = new LinkedHashMap<>();
  private final Counter otherRefusals;
  private final Map<String, Map<CloseReason, Counter>> connections = new HashMap<>();

  LabelledCounters(MeterRegistry registry) {
    this.registry = registry;
    for (String dialect : DIALECTS) {
      Map<String, Counter> byOutcome = new HashMap<>();
      OUTCOMES.forEach(outcome -> byOutcome.put(outcome, requestCounter(dialect, outcome)));
      requests.put(dialect, byOutcome);
    }
    otherRequests = requestCounter(OTHER, OTHER);
    Aadsts.all()
        .filter(family -> family.kind().isRefusal())
        .forEach(family -> refusals.put(family.digits(), refusalCounter(family.digits())));
    otherRefusals = refusalCounter(OTHER);
    for (String listener : LISTENERS) {
      Map<CloseReason, Counter> byReason = new EnumMap<>(CloseReason.class);
      for (CloseReason reason : CloseReason.values()) {
        byReason.put(reason, connectionCounter(listener, reason));
      }
      connections.put(listener, byReason);
    }
  }

  /** Counts a request on the token listener or the authority; unknown values count as other. */
  void request(String dialect, String outcome) {
    requests.getOrDefault(dialect, Map.of()).getOrDefault(outcome, otherRequests).increment();
  }

  /** Counts a refusal by the family of its number; 0 and unknown numbers count as other. */
  void refusal(int aadsts) {
    String family = Aadsts.of(aadsts).map(Aadsts::digits).orElse(OTHER);
    refusals.getOrDefault(family, otherRefusals).increment();
  }

  /** Counts a connection that a listener closed. */
  void closed(String listener, CloseReason reason) {
    Counter counter = connections.getOrDefault(listener, Map.of()).get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  private Counter requestCounter(String dialect, String outcome) {
    return Counter.builder("token_broker.requests")
        .description("Requests on the token listener, by dialect and by how they ended")
        .tag("dialect", dialect)
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter refusalCounter(String family) {
    return Counter.builder("token_broker.refusals")
        .description("Exchanges that Entra refused, by family of its AADSTS number")
        .tag("aadsts", family)
        .register(registry);
  }

  private Counter connectionCounter(String listener, CloseReason reason) {
    return Counter.builder("token_broker.connections.closed")
        .description("Connections that a listener closed, by reason")
        .tag("listener", listener)
        .tag("reason", reason.label())
        .register(registry);
  }
}

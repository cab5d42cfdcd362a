package dev.tokenbroker.admin;

import dev.tokenbroker.listener.CloseReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connections that a listener closed, by listener and reason. */
final class ConnectionCounters {

  static final List<String> LISTENERS = List.of("token", "authority", "admin");

  private final Map<String, Map<CloseReason, Counter>> counters = new HashMap<>();

  ConnectionCounters(MeterRegistry registry) {
    for (String listener : LISTENERS) {
      Map<CloseReason, Counter> byReason = new EnumMap<>(CloseReason.class);
      for (CloseReason why : CloseReason.values()) {
        byReason.put(
            why,
            Counter.builder("token_broker.connections.closed")
                .description("Connections that a listener closed, by reason")
                .tag("listener", listener)
                .tag("reason", why.label())
                .register(registry));
      }
      counters.put(listener, byReason);
    }
  }

  void count(String listener, CloseReason why) {
    Counter counter = counters.getOrDefault(listener, Map.of()).get(why);
    if (counter != null) {
      counter.increment();
    }
  }
}

package dev.tokenbroker.admin;

import dev.tokenbroker.token.Aadsts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entra's refusals by family; all other numbers fall into one. */
final class RefusalCounters {

  private static final String OTHER = "other";

  private final Map<String, Counter> counters = new LinkedHashMap<>();
  private final Counter other;

  RefusalCounters(MeterRegistry registry) {
    Aadsts.all()
        .filter(family -> family.kind().isRefusal())
        .forEach(family -> counters.put(family.digits(), counter(registry, family.digits())));
    other = counter(registry, OTHER);
  }

  void count(int aadsts) {
    String family = Aadsts.of(aadsts).map(Aadsts::digits).orElse(OTHER);
    counters.getOrDefault(family, other).increment();
  }

  private static Counter counter(MeterRegistry registry, String family) {
    return Counter.builder("token_broker.refusals")
        .description("Exchanges that Entra refused, by family of its AADSTS number")
        .tag("aadsts", family)
        .register(registry);
  }
}

package dev.tokenbroker.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entra's refusals by family; all other numbers fall into one. */
final class RefusalCounters {

  /** Longer prefixes first: 7000272 is not 700027. */
  static final List<String> FAMILIES =
      List.of(
          "7000272", "700211", "700212", "700213", "700016", "700021", "700024", "700027", "500011",
          "900023", "530032", "70021", "70025", "70011", "90002", "53003", "50196");

  private static final String CREDENTIALS = "70021";
  private static final String OTHER = "other";

  private final Map<String, Counter> counters = new LinkedHashMap<>();
  private final Counter other;

  RefusalCounters(MeterRegistry registry) {
    FAMILIES.forEach(family -> counters.put(family, counter(registry, family)));
    other = counter(registry, OTHER);
  }

  void count(int aadsts) {
    String digits = Integer.toString(aadsts);
    String family =
        FAMILIES.stream().filter(each -> covers(each, digits)).findFirst().orElse(OTHER);
    counters.getOrDefault(family, other).increment();
  }

  /** Only the numbers of federated credentials come with extra digits. */
  private static boolean covers(String family, String digits) {
    return family.startsWith(CREDENTIALS) ? digits.startsWith(family) : digits.equals(family);
  }

  private static Counter counter(MeterRegistry registry, String family) {
    return Counter.builder("token_broker.refusals")
        .description("Exchanges that Entra refused, by family of its AADSTS number")
        .tag("aadsts", family)
        .register(registry);
  }
}

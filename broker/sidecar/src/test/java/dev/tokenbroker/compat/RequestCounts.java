package dev.tokenbroker.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the broker itself says it was asked.
 *
 * @param counts by dialect and outcome; none is 0
 */
record RequestCounts(Map<String, Long> counts) {

  private static final Pattern REQUESTS =
      Pattern.compile(
          "token_broker_requests_total\\{dialect=\"(\\w+)\",outcome=\"(\\w+)\"} ([0-9.E]+)");

  static RequestCounts read(List<String> prefix, int adminPort) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of("curl", "--silent", "--fail", "http://127.0.0.1:" + adminPort + "/metrics"));
    Matcher line = REQUESTS.matcher(ClientProcess.start(command, Map.of()).await().out());
    Map<String, Long> counts = new TreeMap<>();
    while (line.find()) {
      counts.put(line.group(1) + " " + line.group(2), (long) Double.parseDouble(line.group(3)));
    }
    return new RequestCounts(counts);
  }

  RequestCounts since(RequestCounts before) {
    Map<String, Long> fresh = new TreeMap<>(counts);
    fresh.replaceAll((key, count) -> count - before.counts.getOrDefault(key, 0L));
    fresh.values().removeIf(count -> count == 0);
    return new RequestCounts(fresh);
  }

  /** How often one of these outcomes was given, in whatever dialect. */
  long with(String outcome) {
    return counts.entrySet().stream()
        .filter(each -> each.getKey().endsWith(" " + outcome))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The dialects in which a token was served. */
  Set<String> served() {
    Set<String> dialects = new TreeSet<>();
    counts.keySet().stream()
        .filter(key -> key.endsWith(" served"))
        .forEach(key -> dialects.add(key.substring(0, key.indexOf(' '))));
    return dialects;
  }
}

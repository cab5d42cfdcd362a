package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/metrics.md names the labels that a scrape has. */
class MetricLabelsTest {

  private static final Path PAGE = Path.of("../..", "docs", "metrics.md");
  private static final Pattern SERIES = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  private final BrokerMetrics metrics = new BrokerMetrics("1.2.3", new TokenFileState());

  @BeforeEach
  void watch() {
    metrics.watch(() -> 0, () -> false);
    metrics.watchLog(() -> 0);
    metrics.watchLogLimit(() -> 0);
    metrics.watchThreads(() -> 0);
  }

  @Test
  void everyCounterStartsAtZero() {
    assertThat(lines().filter(line -> line.group(1).matches("token_broker_.*_total")))
        .hasSizeGreaterThan(100)
        .allSatisfy(line -> assertThat(Double.parseDouble(line.group(3))).isZero());
  }

  @Test
  void thePageGivesEachMeterTheLabelsItHas() throws IOException {
    Map<String, Set<String>> scraped = new TreeMap<>();
    lines()
        .forEach(
            line ->
                scraped
                    .computeIfAbsent(
                        line.group(1).replaceAll("_(bucket|count|sum|max)$", ""),
                        name -> new TreeSet<>())
                    .addAll(matches(LABEL, line.group(2))));

    assertThat(documentedLabels()).isEqualTo(scraped);
  }

  @Test
  void thePageListsEveryDialectAndOutcome() throws IOException {
    Set<String> named =
        matches(CODE, Files.readString(PAGE).split("## Labels")[1].split("\n## ")[0]);

    assertThat(named).containsAll(values("dialect")).containsAll(values("outcome"));
  }

  private Set<String> values(String label) {
    Set<String> values = new TreeSet<>();
    lines()
        .forEach(
            line ->
                values.addAll(matches(Pattern.compile(label + "=\"([^\"]*)\""), line.group(2))));
    return values;
  }

  private Stream<Matcher> lines() {
    return metrics
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(SERIES::matcher)
        .filter(Matcher::matches);
  }

  private static Map<String, Set<String>> documentedLabels() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        documented.put(cells[1].strip().replace("`", ""), matches(CODE, cells[2]));
      }
    }
    return documented;
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text == null ? "" : text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}

package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts, dashboard and documentation speak of the same alerts and of meters that exist. */
class RunbooksTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path RUNBOOKS = ROOT.resolve("docs/runbooks.md");
  private static final List<String> PARTS =
      List.of(
          "**What it means.**",
          "**What the apps feel.**",
          "**First command.**",
          "\n\n    kubectl ",
          "**Fix.**");

  @Test
  void eachAlertLinksToItsSectionAndEachSectionHasItsAlert() throws IOException {
    String rules = Files.readString(ROOT.resolve("deploy/observability/prometheusrule.yaml"));
    List<String> alerts = found("- alert: (\\w+)", rules);

    assertThat(found("runbook_url: \\S+/docs/runbooks\\.md#(\\S+)", rules))
        .isEqualTo(alerts.stream().map(alert -> alert.toLowerCase(Locale.ROOT)).toList());
    assertThat(found("(?m)^## (\\w+)$", Files.readString(RUNBOOKS))).isEqualTo(alerts);
  }

  @Test
  void eachSectionSaysWhatItMeansWhatIsFeltAndWhatToDo() throws IOException {
    List<String> sections = List.of(Files.readString(RUNBOOKS).split("\n## "));

    assertThat(sections.subList(1, sections.size()))
        .isNotEmpty()
        .allSatisfy(section -> assertThat(section).containsSubsequence(PARTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"deploy/observability/prometheusrule.yaml", "deploy/observability/dashboard.json"})
  void everyMeterInUseIsInTheListOfMeters(String file) throws IOException {
    Set<String> listed =
        new TreeSet<>(
            found("(?m)^\\| `(\\w+)` \\|", Files.readString(ROOT.resolve("docs/metrics.md"))));
    List<String> used =
        found("\\b((?:token_broker|process)_\\w+)", Files.readString(ROOT.resolve(file)));

    assertThat(used)
        .isNotEmpty()
        .allSatisfy(meter -> assertThat(listed).contains(meter.replaceAll("_(bucket|max)$", "")));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}

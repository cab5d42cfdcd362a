package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.MarkdownPage;
import dev.tokenbroker.token.Aadsts;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/troubleshooting.md and the broker know the same numbers of Entra. */
class TroubleshootingTest {

  private static final String PAGE =
      MarkdownPage.read(Path.of("../../docs/troubleshooting.md")).text();

  static List<Integer> numbers() {
    return Pattern.compile("AADSTS(\\d+)")
        .matcher(PAGE)
        .results()
        .map(match -> Integer.valueOf(match.group(1)))
        .distinct()
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void theBrokerHasAdviceForEveryNumberOnThePage(int number) {
    assertThat(Aadsts.of(number)).isPresent();
  }

  @Test
  void thePageOfTheMetersListsEveryFamilyThatIsCounted() {
    String label =
        MarkdownPage.read(Path.of("../../docs/metrics.md")).text().split("\\n- `aadsts`: ")[1];
    assertThat(
            Pattern.compile("`(\\d+)`")
                .matcher(label.split("; all others")[0].replaceFirst("\\(.*?\\)", ""))
                .results()
                .map(match -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Aadsts.all().filter(it -> it.kind().isRefusal()).map(Aadsts::digits).toList());
  }

  @Test
  void thePageHasARowForEveryNumberThatTheBrokerKnows() {
    assertThat(numbers())
        .containsExactlyInAnyOrderElementsOf(
            Aadsts.all().map(Aadsts::digits).map(Integer::valueOf).toList());
  }
}

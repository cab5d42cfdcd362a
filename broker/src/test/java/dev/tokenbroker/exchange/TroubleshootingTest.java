package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.Markdown;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/troubleshooting.md and the broker know the same numbers of Entra. */
class TroubleshootingTest {

  private static final String PAGE = Markdown.read(Path.of("../docs/troubleshooting.md")).text();

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
  void thePageHasARowForTheNumbersThatUsersMeet() {
    assertThat(numbers()).contains(70021, 700213, 700211, 700016, 700024, 90002, 500011);
  }
}

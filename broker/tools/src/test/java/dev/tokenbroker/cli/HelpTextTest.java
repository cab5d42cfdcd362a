package dev.tokenbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.Settings;
import dev.tokenbroker.docs.CommandLines;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a terminal shows to somebody who asks for help, of each subcommand that there is. */
class HelpTextTest {

  private static final int SCREEN = 24;
  private static final int COLUMNS = 104;
  private static final String GENERAL = "";

  /** A list to search, for which one screen has no room. */
  private static final int SETTINGS = 60;

  static Stream<String> topics() {
    return Stream.concat(Stream.of(GENERAL), TestProgram.topics().stream());
  }

  static List<String> topicsButTheGeneralOne() {
    return TestProgram.topics();
  }

  static Stream<String> subcommands() {
    return TestProgram.topics().stream().filter(topic -> !topic.equals(HelpCommand.SETTINGS));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void itFitsOneScreen(String topic) {
    assertThat(lines(topic))
        .hasSizeLessThanOrEqualTo(topic.equals(HelpCommand.SETTINGS) ? SETTINGS : SCREEN)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  @ParameterizedTest
  @MethodSource("topics")
  void itEndsWithAnExampleThatCanBeTyped(String topic) {
    List<String> lines = lines(topic);
    List<String> example = lines.subList(lines.lastIndexOf("Example:") + 1, lines.size());

    assertThat(lines).contains("Example:");
    assertThat(example).hasSizeBetween(1, 2);
    assertThat(CommandLines.in(String.join("\n", example))).hasSize(1).allMatch(TestProgram::takes);
  }

  @ParameterizedTest
  @MethodSource("topicsButTheGeneralOne")
  void itIsFoundFromTheGeneralOne(String topic) {
    assertThat(TestProgram.help(GENERAL)).containsPattern("(?m)^  " + topic + " |help " + topic);
  }

  @ParameterizedTest
  @MethodSource("subcommands")
  void eachSubcommandPrintsItsOwn(String topic) {
    assertThat(new TestProgram().out(topic, "--help"))
        .isEqualTo(TestProgram.help(topic))
        .contains("Usage:\n  token-broker ");
  }

  @Test
  void everyVariableThatTheBrokerReadsIsInTheHelpOfSettings() {
    String help = TestProgram.help(HelpCommand.SETTINGS);
    assertThat(
            Settings.ALL.stream()
                .filter(setting -> !setting.variables().isEmpty())
                .map(setting -> "  " + setting.variables().get(0) + " "))
        .allSatisfy(row -> assertThat(help).contains("\n" + row));
  }

  private static List<String> lines(String topic) {
    return TestProgram.help(topic).lines().toList();
  }
}

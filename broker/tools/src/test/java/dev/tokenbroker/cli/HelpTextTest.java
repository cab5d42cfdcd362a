package dev.tokenbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.Settings;
import dev.tokenbroker.docs.CommandLines;
import dev.tokenbroker.inject.InjectSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

  @Test
  void everyVariableThatTheWebhookReadsIsInTheHelpOfInject() {
    assertThat(webhookVariables().keySet()).isEqualTo(InjectSettings.variables());
  }

  @Test
  void theHelpOfInjectNamesTheDefaults() {
    Map<String, String> needed =
        Map.of("INJECT_IMAGE", "broker:1", "INJECT_REDIRECT_IMAGE", "redirect:1");
    Map<String, String> all = new TreeMap<>(needed);
    webhookVariables()
        .forEach((name, fallback) -> fallback.ifPresent(value -> all.put(name, value)));
    InjectSettings byDefault = new InjectSettings(needed);
    InjectSettings asInHelp = new InjectSettings(all);

    assertThat(asInHelp.read()).isEqualTo(byDefault.read());
    assertThat(asInHelp.logFormat()).isEqualTo(byDefault.logFormat());
    assertThat(asInHelp.logLevel()).isEqualTo(byDefault.logLevel());
    assertThat(asInHelp.problems()).isEmpty();
  }

  /** With the default of each that has one. */
  private static Map<String, Optional<String>> webhookVariables() {
    Map<String, Optional<String>> variables = new TreeMap<>();
    Pattern.compile("(?m)^  (INJECT_\\w+) .*?(?:\\[(\\S+)])?$")
        .matcher(TestProgram.help("inject"))
        .results()
        .filter(row -> !row.group().contains("="))
        .forEach(row -> variables.put(row.group(1), Optional.ofNullable(row.group(2))));
    return variables;
  }

  private static List<String> lines(String topic) {
    return TestProgram.help(topic).lines().toList();
  }
}

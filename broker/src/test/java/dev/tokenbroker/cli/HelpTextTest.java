package dev.tokenbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a terminal shows to somebody who asks for help, of each subcommand that there is. */
class HelpTextTest {

  private static final int SCREEN = 24;
  private static final int COLUMNS = 104;

  /** A list to search, for which one screen has no room. */
  private static final int SETTINGS = 60;

  /** What is no subcommand with a life of its own. */
  private static final Set<Class<?>> WITHOUT_HELP =
      Set.of(Help.class, Command.Version.class, Misused.class);

  @ParameterizedTest
  @EnumSource
  void itFitsOneScreen(Topic topic) {
    assertThat(lines(topic))
        .hasSizeLessThanOrEqualTo(topic == Topic.SETTINGS ? SETTINGS : SCREEN)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  @ParameterizedTest
  @EnumSource
  void itEndsWithAnExampleThatCanBeTyped(Topic topic) {
    List<String> lines = lines(topic);
    List<String> example = lines.subList(lines.lastIndexOf("Example:") + 1, lines.size());

    assertThat(lines).contains("Example:");
    assertThat(example).hasSizeBetween(1, 2);
    assertThat(CommandLines.in(String.join("\n", example)))
        .hasSize(1)
        .allSatisfy(line -> assertThat(Arguments.parse(line)).isNotInstanceOf(Misused.class));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GENERAL")
  void itIsFoundFromTheGeneralOne(Topic topic) {
    assertThat(HelpText.of(Topic.GENERAL)).containsPattern("[\\[|]" + topic.word() + "[|\\]]");
    assertThat(Arguments.parse(List.of("help", topic.word()))).isEqualTo(new Help(topic));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"GENERAL", "SETTINGS"})
  void eachSubcommandPrintsItsOwn(Topic topic) {
    assertThat(Arguments.parse(List.of(topic.word(), "--help"))).isEqualTo(new Help(topic));
    assertThat(HelpText.of(topic)).contains("Usage:\n  token-broker ");
  }

  @Test
  void noSubcommandIsWithoutHelp() {
    List<String> subcommands = new ArrayList<>();
    for (Class<?> command : Command.class.getPermittedSubclasses()) {
      if (!WITHOUT_HELP.contains(command)) {
        subcommands.add(command.getSimpleName().toLowerCase(Locale.ROOT));
      }
    }
    assertThat(Topic.words()).containsAll(subcommands);
  }

  @Test
  void everyVariableThatTheBrokerReadsIsInTheHelpOfSettings() {
    assertThat(
            Settings.ALL.stream()
                .filter(setting -> !setting.variables().isEmpty())
                .map(setting -> "  " + setting.variables().get(0) + " "))
        .allSatisfy(row -> assertThat(HelpText.of(Topic.SETTINGS)).contains("\n" + row));
  }

  private static List<String> lines(Topic topic) {
    return HelpText.of(topic).lines().toList();
  }
}

package dev.tokenbroker.docs;

import dev.tokenbroker.testing.MarkdownPage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A command as a page shows it.
 *
 * @param answer what the page says that it prints, if it says so
 */
record ShownCommand(String command, Optional<String> answer) {

  private static final Set<String> SHELLS = Set.of("sh", "bash", "shell", "console", "powershell");

  /** A line, and the next ones where it ends with a backslash or a pipe. */
  private static final Pattern COMMAND = Pattern.compile("(?m)^(?:.*[\\\\|]\n)*.*$");

  /** A prompt with its command, and what stands below it. */
  private static final Pattern EXCHANGE = Pattern.compile("(?ms)^\\$ ([^\n]*)\n(.*?)(?=^\\$ |\\z)");

  private static final Pattern ASSIGNMENTS = Pattern.compile("^(\\w+=\\S+ +)+");

  static boolean isShell(MarkdownPage.Fence fence) {
    return SHELLS.contains(fence.language());
  }

  /** The commands of a fence that a shell understands. */
  static List<ShownCommand> in(MarkdownPage.Fence fence) {
    if (fence.language().equals("console")) {
      return EXCHANGE
          .matcher(fence.text())
          .results()
          .map((MatchResult it) -> new ShownCommand(it.group(1), Optional.of(it.group(2))))
          .toList();
    }
    return COMMAND
        .matcher(fence.text())
        .results()
        .map((MatchResult it) -> it.group().strip())
        .filter(command -> !command.isEmpty() && !command.startsWith("#"))
        .map(command -> new ShownCommand(command, Optional.empty()))
        .toList();
  }

  /** Its words, without the variables that are set in front of it. */
  List<String> words() {
    return List.of(ASSIGNMENTS.matcher(command).replaceFirst("").strip().split("\\s+"));
  }
}

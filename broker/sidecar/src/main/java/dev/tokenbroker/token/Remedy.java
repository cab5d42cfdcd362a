package dev.tokenbroker.token;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cause of a failure, and its fix.
 *
 * @param cause in plain words; empty if the failure's own message says it
 * @param fix in plain words, ready to be followed by the command; empty if the command says it all,
 *     or nothing is known
 * @param command a line for a shell, with everything quoted
 */
public record Remedy(String cause, String fix, Optional<String> command) {

  /** Cause and fix in words alone. */
  public static Remedy of(String cause, String fix) {
    return new Remedy(cause, fix, Optional.empty());
  }

  /** The same with a command to run. */
  public Remedy withCommand(String line) {
    return new Remedy(cause, fix, Optional.of(line));
  }

  /** Cause and fix without the command. */
  public String words() {
    return join(": ", cause, fix);
  }

  /** Fix and command: what to do. */
  public String action() {
    return join(" ", fix, command.orElse(""));
  }

  /** All of it: the cause, a colon, the fix, the command. */
  public String text() {
    return join(": ", cause, action());
  }

  private static String join(String between, String first, String second) {
    return Stream.of(first, second)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(between));
  }
}

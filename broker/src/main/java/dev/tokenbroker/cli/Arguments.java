package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Inject;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Serve;
import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.cli.Command.Version;
import dev.tokenbroker.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns the command line into a {@link Command}; it looks at nothing else. */
final class Arguments {

  private Arguments() {}

  static Command parse(List<String> arguments) {
    if (arguments.isEmpty()) {
      return new Serve();
    }
    String first = arguments.get(0);
    List<String> rest = arguments.subList(1, arguments.size());
    return switch (first) {
      case "serve" -> alone("serve", rest, new Serve(), Topic.SERVE);
      case "inject" -> alone("inject", rest, new Inject(), Topic.INJECT);
      case "token" -> TokenArguments.parse(rest);
      case "env" -> EnvArguments.parse(rest);
      case "dev" -> DevArguments.parse(rest);
      case "doctor" -> DoctorArguments.parse(rest);
      case "migrate" -> MigrateArguments.parse(rest);
      case "help" -> help(rest);
      case "--help", "-h" -> alone(first, rest, new Help(Topic.GENERAL));
      case "--version" -> alone(first, rest, new Version());
      default -> unknown(first);
    };
  }

  static boolean asksForHelp(List<String> arguments) {
    return arguments.contains("--help") || arguments.contains("-h");
  }

  /** A subcommand that the environment alone tells what to do. */
  private static Command alone(String name, List<String> rest, Command command, Topic topic) {
    if (asksForHelp(rest)) {
      return new Help(topic);
    }
    return rest.isEmpty()
        ? command
        : new Misused(
            name
                + " takes no arguments, its settings are environment variables: "
                + quote(rest.get(0)),
            topic);
  }

  private static Command help(List<String> rest) {
    if (rest.isEmpty() || asksForHelp(rest)) {
      return new Help(Topic.GENERAL);
    }
    String word = rest.get(0);
    List<String> topics = Topic.words();
    return topics.contains(word)
        ? new Help(Topic.valueOf(word.toUpperCase(Locale.ROOT)))
        : new Misused(
            "there is no help for " + quote(word) + Suggestion.didYouMean(word, topics),
            Topic.GENERAL);
  }

  private static Command alone(String option, List<String> rest, Command command) {
    return rest.isEmpty()
        ? command
        : new Misused(option + " stands alone: " + quote(rest.get(0)), Topic.GENERAL);
  }

  private static Command unknown(String word) {
    String kind = word.startsWith("-") ? "unknown option " : "unknown subcommand ";
    List<String> known = new ArrayList<>(Topic.words());
    known.remove(Topic.SETTINGS.word());
    known.addAll(List.of("help", "--help", "--version"));
    return new Misused(kind + quote(word) + Suggestion.didYouMean(word, known), Topic.GENERAL);
  }

  static String quote(String word) {
    return '"' + word + '"';
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.EnvOutput;
import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Topic;
import java.util.List;

/** The options of {@code env}. */
final class EnvArguments {

  private static final String FOR = "--for";
  private static final String PAIR = "--pair";
  private static final String OUTPUT = "--output";
  private static final String LISTEN = "--listen";
  private static final List<String> OPTIONS = List.of(FOR, PAIR, OUTPUT, LISTEN);

  private EnvArguments() {}

  static Command parse(List<String> arguments) {
    if (Arguments.asksForHelp(arguments)) {
      return new Help(Topic.ENV);
    }
    try {
      Options options = Options.parse(arguments, OPTIONS);
      return new Command.Env(
          options.choice(FOR, AppClient.class, AppClient.ALL),
          options.choice(PAIR, Pair.class, Pair.IDENTITY),
          options.choice(OUTPUT, EnvOutput.class, EnvOutput.SHELL),
          options.get(LISTEN));
    } catch (Options.MisusedException e) {
      return new Misused("env: " + e.complaint(), Topic.ENV);
    }
  }
}

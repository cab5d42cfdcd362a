package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.DoctorOutput;
import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Topic;
import java.util.List;

/** The options of {@code doctor}. */
final class DoctorArguments {

  private static final String RESOURCE = "--resource";
  private static final String APP_ENV = "--app-env";
  private static final String OUTPUT = "--output";
  private static final List<String> OPTIONS = List.of(RESOURCE, APP_ENV, OUTPUT);

  private DoctorArguments() {}

  static Command parse(List<String> arguments) {
    if (Arguments.asksForHelp(arguments)) {
      return new Help(Topic.DOCTOR);
    }
    try {
      Options options = Options.parse(arguments, OPTIONS);
      return new Command.Doctor(
          options.get(RESOURCE),
          options.get(APP_ENV),
          options.choice(OUTPUT, DoctorOutput.class, DoctorOutput.TEXT));
    } catch (Options.MisusedException e) {
      return new Misused("doctor: " + e.complaint(), Topic.DOCTOR);
    }
  }
}

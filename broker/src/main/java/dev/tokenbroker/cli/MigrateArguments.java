package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Migrate;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.migrate.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The options of {@code migrate}, and the files and folders among them. */
final class MigrateArguments {

  private static final String TENANT = "--tenant";
  private static final String ISSUER = "--issuer";
  private static final String AUDIENCE = "--audience";
  private static final String NAMESPACE = "--namespace";
  private static final String OUTPUT = "--output";
  private static final String NAMESPACED = "--namespaced";
  private static final String CLUSTER_WIDE = "--cluster-wide";
  private static final String DROP_BINDING_LABEL = "--drop-binding-label";
  private static final String FORCE = "--force";

  private static final List<String> WITH_VALUE =
      List.of(TENANT, ISSUER, AUDIENCE, NAMESPACE, OUTPUT);
  private static final List<String> FLAGS =
      List.of(NAMESPACED, CLUSTER_WIDE, DROP_BINDING_LABEL, FORCE);

  private static final List<String> ALL =
      Stream.concat(WITH_VALUE.stream(), FLAGS.stream()).toList();

  private MigrateArguments() {}

  static Command parse(List<String> arguments) {
    if (Arguments.asksForHelp(arguments)) {
      return new Help(Topic.MIGRATE);
    }
    List<String> inputs = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (FLAGS.contains(argument)) {
        flags.add(argument);
      } else if (argument.equals("-") || !argument.startsWith("-")) {
        inputs.add(argument);
      } else {
        rest.add(argument);
        if (WITH_VALUE.contains(argument) && i + 1 < arguments.size()) {
          rest.add(arguments.get(++i));
        }
      }
    }
    try {
      return migrate(Options.parse(rest, ALL), flags, inputs);
    } catch (Options.MisusedException e) {
      return misused(e.complaint());
    }
  }

  private static Command migrate(Options options, List<String> flags, List<String> inputs) {
    Optional<String> valued = FLAGS.stream().filter(f -> options.get(f).isPresent()).findFirst();
    if (valued.isPresent()) {
      return misused(valued.get() + " takes no value");
    }
    if (flags.contains(NAMESPACED) && flags.contains(CLUSTER_WIDE)) {
      return misused("give " + NAMESPACED + " or " + CLUSTER_WIDE + ", not both");
    }
    if (inputs.isEmpty()) {
      return misused("a file, a folder or - is needed");
    }
    return options
        .get(TENANT)
        .<Command>map(
            tenant ->
                new Migrate(
                    inputs,
                    tenant,
                    options.get(ISSUER),
                    options.get(AUDIENCE),
                    options.get(NAMESPACE),
                    options.get(OUTPUT),
                    matching(flags),
                    flags.contains(DROP_BINDING_LABEL),
                    flags.contains(FORCE)))
        .orElseGet(() -> misused(TENANT + " is needed"));
  }

  private static Optional<Matching> matching(List<String> flags) {
    if (flags.contains(NAMESPACED)) {
      return Optional.of(Matching.NAMESPACED);
    }
    return flags.contains(CLUSTER_WIDE) ? Optional.of(Matching.CLUSTER_WIDE) : Optional.empty();
  }

  private static Command misused(String complaint) {
    return new Misused("migrate: " + complaint, Topic.MIGRATE);
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.migrate.Matching;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the command line asks for. */
sealed interface Command {

  /** Serve until told to stop. */
  record Serve() implements Command {}

  /**
   * One exchange, the result on standard output.
   *
   * @param clientId the identity, lower case; the default one if empty
   */
  record Token(String resource, Optional<String> clientId, Output output) implements Command {}

  /** Put the broker into pods, as an admission webhook, until told to stop. */
  record Inject() implements Command {}

  /**
   * Print the variables that an app container needs.
   *
   * @param pair which variables of App Service's
   * @param listen where the broker listens, if not where its settings say
   */
  record Env(AppClient client, Pair pair, EnvOutput output, Optional<String> listen)
      implements Command {}

  /**
   * Serve on a developer's machine until told to stop.
   *
   * @param tenant the tenant to ask az for, if not the one it is set to
   * @param client whose variables to print
   * @param emulator whether the tokens are an emulated Entra's, not az's
   */
  record Dev(Optional<String> tenant, AppClient client, boolean emulator) implements Command {}

  /**
   * Look for what is wrong, and print it.
   *
   * @param resource what to ask Entra for; one that suits each identity if empty
   * @param appEnvironment a file with an app's variables, {@code -} for standard input
   */
  record Doctor(Optional<String> resource, Optional<String> appEnvironment, DoctorOutput output)
      implements Command {}

  /**
   * From pod identity to workload identity: manifests in, manifests and a report out.
   *
   * @param inputs files, folders, or {@code -}
   * @param output where to write; if empty, there is only the report
   * @param matching how pod identity ran, if the user says
   */
  record Migrate(
      List<String> inputs,
      String tenant,
      Optional<String> issuer,
      Optional<String> audience,
      Optional<String> namespace,
      Optional<String> output,
      Optional<Matching> matching,
      boolean dropBindingLabel,
      boolean force)
      implements Command {}

  /** Explain a subcommand, or all of it. */
  record Help(Topic topic) implements Command {}

  /** Print the version. */
  record Version() implements Command {}

  /**
   * Nothing that can be done.
   *
   * @param complaint what is wrong with the command line
   * @param topic the help that would have told
   */
  record Misused(String complaint, Topic topic) implements Command {}

  /** How {@code token} prints. */
  enum Output {
    JSON,
    RAW,
    ENV,
    ODBC
  }

  /** How {@code env} prints. */
  enum EnvOutput {
    SHELL,
    POWERSHELL,
    YAML,
    JSON
  }

  /** How {@code doctor} prints. */
  enum DoctorOutput {
    TEXT,
    JSON
  }

  /** What there is help for: all of it, each subcommand, the settings. */
  enum Topic {
    GENERAL,
    SERVE,
    TOKEN,
    ENV,
    DEV,
    DOCTOR,
    INJECT,
    MIGRATE,
    SETTINGS;

    /** What to type for it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What to type for each, but for all of it. */
    static List<String> words() {
      return EnumSet.complementOf(EnumSet.of(GENERAL)).stream().map(Topic::word).toList();
    }
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.logging.LogManagerChoice;
import dev.tokenbroker.logging.Logging;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs what the command line asks for. Serving comes first and alone: every pod pays for the
 * classes that it loads, so the parser of command lines is not among them.
 */
public final class Cli {

  private static final List<String> SERVE = List.of("serve");

  private final CliContext context;
  private final Function<CliContext, List<Subcommand>> more;

  /**
   * A program.
   *
   * @param more makes the subcommands that it has beside those of the sidecar
   */
  public Cli(CliContext context, Function<CliContext, List<Subcommand>> more) {
    this.context = context;
    this.more = more;
  }

  /** Runs a whole process, and ends it unless it now serves. */
  public static void main(String[] arguments, Function<CliContext, List<Subcommand>> more) {
    LogManagerChoice.make();
    new Cli(CliContext.ofThisProcess(), more).run(List.of(arguments)).ifPresent(Cli::exit);
  }

  private static void exit(ExitCode code) {
    Logging.flush();
    System.exit(code.number());
  }

  /** How the process should end, or empty if a broker now serves and it should go on. */
  public Optional<ExitCode> run(List<String> arguments) {
    return arguments.isEmpty() || arguments.equals(SERVE)
        ? new ServeCommand(context).run()
        : new CommandTree(context, more.apply(context)).run(arguments);
  }
}

package dev.tokenbroker;

import dev.tokenbroker.cli.Cli;
import dev.tokenbroker.cli.ExitCode;
import dev.tokenbroker.cli.Shutdown;
import dev.tokenbroker.cli.Terminal;
import dev.tokenbroker.cli.logging.LogManagerChoice;
import dev.tokenbroker.cli.logging.Logging;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Turns the command line into a subcommand. */
public final class Main {

  /** How long the doctor waits before it asks again. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Main() {}

  public static void main(String[] args) {
    LogManagerChoice.make();
    Cli cli =
        new Cli(
            Terminal.ofThisProcess(),
            Broker::start,
            TokenOnce::fetch,
            new EntraOnce(PATIENCE),
            Shutdown.ofThisProcess(),
            Clock.systemUTC());
    cli.run(List.of(args)).ifPresent(Main::exit);
  }

  private static void exit(ExitCode code) {
    Logging.flush();
    System.exit(code.number());
  }
}

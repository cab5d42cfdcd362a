package dev.tokenbroker;

import dev.tokenbroker.cli.Cli;
import dev.tokenbroker.cli.Shutdown;
import dev.tokenbroker.cli.Terminal;
import dev.tokenbroker.cli.logging.LogManagerChoice;
import java.time.Clock;
import java.util.List;

/** Turns the command line into a subcommand. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    LogManagerChoice.make();
    Cli cli =
        new Cli(
            Terminal.ofThisProcess(),
            Broker::start,
            TokenOnce::fetch,
            Shutdown.ofThisProcess(),
            Clock.systemUTC());
    cli.run(List.of(args)).ifPresent(code -> System.exit(code.number()));
  }
}

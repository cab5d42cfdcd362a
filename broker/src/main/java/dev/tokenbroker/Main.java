package dev.tokenbroker;

import dev.tokenbroker.cli.Cli;
import dev.tokenbroker.cli.Shutdown;
import dev.tokenbroker.cli.Terminal;
import dev.tokenbroker.cli.logging.LogManagerChoice;
import io.vertx.core.Future;
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
            // Broker::start and TokenOnce::fetch, as soon as they are there.
            config -> Future.failedFuture("the composition root is missing"),
            (config, clientId, resource) -> {
              throw new IllegalStateException("the composition root is missing");
            },
            Shutdown.ofThisProcess(),
            Clock.systemUTC());
    cli.run(List.of(args)).ifPresent(code -> System.exit(code.number()));
  }
}

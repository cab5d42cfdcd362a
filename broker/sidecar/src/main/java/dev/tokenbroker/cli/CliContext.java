package dev.tokenbroker.cli;

import dev.tokenbroker.assembly.TokenOrigin;
import java.time.Clock;
import java.time.Duration;

/**
 * The dependencies of every subcommand.
 *
 * @param entra where a pod's tokens come from
 * @param clock for the claims of projected tokens, and for what is printed of a token's life
 * @param pause how long the doctor waits before it asks again
 */
public record CliContext(
    Terminal terminal, TokenOrigin entra, Shutdown shutdown, Clock clock, Duration pause) {

  /** That of this process. */
  static CliContext ofThisProcess() {
    return new CliContext(
        Terminal.ofThisProcess(),
        TokenOrigin.entra(),
        Shutdown.ofThisProcess(),
        Clock.systemUTC(),
        Duration.ofSeconds(5));
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.logging.Logging;
import java.util.Optional;

/** Loads the configuration for a subcommand, and complains if it is wrong. */
public final class Configuration {

  private Configuration() {}

  /** The configuration, the log set up by it; empty if the problems were printed. */
  static Optional<BrokerConfig> load(Terminal terminal) {
    return of(ConfigLoader.load(terminal.environment()), terminal);
  }

  /** The same of a configuration that has been read. */
  public static Optional<BrokerConfig> of(ConfigResult result, Terminal terminal) {
    if (result instanceof ConfigResult.Loaded loaded) {
      BrokerConfig config = loaded.config();
      Logging.install(config.logFormat(), config.logLevel(), terminal.err());
      return Optional.of(config);
    }
    if (result instanceof ConfigResult.Invalid invalid) {
      int count = invalid.problems().size();
      terminal.err().println("The configuration has " + count + problems(count));
      invalid.problems().forEach(problem -> terminal.err().println("  " + problem));
      terminal.err().println("See \"token-broker help settings\".");
    }
    return Optional.empty();
  }

  private static String problems(int count) {
    return count == 1 ? " problem:" : " problems:";
  }
}

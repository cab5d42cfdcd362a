package dev.tokenbroker.config;

import java.util.List;

/** The outcome of reading the configuration. */
public sealed interface ConfigResult {

  /** Everything is valid. */
  record Loaded(BrokerConfig config) implements ConfigResult {}

  /**
   * The broker must not start.
   *
   * @param problems all of them, never none
   */
  record Invalid(List<Problem> problems) implements ConfigResult {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}

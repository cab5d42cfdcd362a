package dev.tokenbroker.cli;

import java.util.Optional;

/** A subcommand whose options have been filled in. */
public interface Subcommand {

  /**
   * Checks what no option can check alone.
   *
   * @throws MisusedException if the options cannot be used together, or one is missing
   */
  default void validate() {}

  /** Runs it: how the process should end, or empty if it now serves and should go on. */
  Optional<ExitCode> run();
}

package dev.tokenbroker.cli;

/**
 * A command line that cannot be understood; the message says why, without the subcommand's name.
 */
public final class MisusedException extends RuntimeException {

  public MisusedException(String complaint) {
    super(complaint, null, false, false);
  }
}

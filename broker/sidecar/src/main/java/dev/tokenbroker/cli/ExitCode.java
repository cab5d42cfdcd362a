package dev.tokenbroker.cli;

/** The exit code of the process. */
public enum ExitCode {
  OK(0),
  /** What was asked could not be done. */
  FAILED(1),
  /** The command line or the configuration is wrong: trying again is no use. */
  USAGE(2);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}

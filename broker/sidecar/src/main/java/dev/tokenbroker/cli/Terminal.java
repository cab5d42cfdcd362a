package dev.tokenbroker.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * The environment and the streams of the process.
 *
 * @param environment its variables
 * @param out for what was asked for
 * @param err for complaints and the log
 */
public record Terminal(Map<String, String> environment, PrintStream out, PrintStream err) {

  /** Those of this process. */
  public static Terminal ofThisProcess() {
    return new Terminal(System.getenv(), System.out, System.err);
  }
}

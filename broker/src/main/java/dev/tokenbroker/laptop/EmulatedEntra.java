package dev.tokenbroker.laptop;

import java.util.Map;

/**
 * An emulated Entra beside an emulated pod that it trusts. Its classes are in a jar of their own,
 * so that the broker's stays small, and are found by {@link java.util.ServiceLoader}.
 */
public interface EmulatedEntra {

  /** Starts it, and gives the variables that a broker in that pod would have. */
  Map<String, String> start();

  /**
   * Lines to paste into a shell, with a comment each.
   *
   * @param url the broker, {@code http://host:port}
   * @param adminUrl its probes and metrics
   */
  String examples(String url, String adminUrl);
}

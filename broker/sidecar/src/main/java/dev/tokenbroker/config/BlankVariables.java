package dev.tokenbroker.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds variables of ours that hold blanks only. An empty one counts as not set, because a Pod spec
 * cannot unset what an image sets; a blank one is a template that went wrong, and must not turn off
 * what it was meant to turn on.
 */
final class BlankVariables {

  private BlankVariables() {}

  static void check(Map<String, String> environment, List<Problem> problems) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith("BROKER_") && value.isBlank() && !value.isEmpty()) {
                problems.add(
                    new Problem(
                        Redacted.plain(name),
                        "blanks only",
                        "a value, or an empty text to leave it unset"));
              }
            });
  }
}

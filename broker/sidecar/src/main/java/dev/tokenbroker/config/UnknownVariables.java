package dev.tokenbroker.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds mistyped variables: everything that starts with {@code BROKER_} must be in the table. */
final class UnknownVariables {

  private static final String OURS = "BROKER_";

  private UnknownVariables() {}

  static void check(Map<String, String> environment, List<Problem> problems) {
    Set<String> known = new TreeSet<>();
    for (Setting<?> setting : Settings.ALL) {
      setting.variables().stream().filter(name -> name.startsWith(OURS)).forEach(known::add);
    }
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(OURS) && !known.contains(name) && !ServiceLink.is(name, value)) {
                // Its value is not shown: nobody knows what it is.
                String near = Suggestion.didYouMean(name, known);
                problems.add(
                    new Problem(
                        Redacted.plain(name), "an unknown variable", "one of the settings" + near));
              }
            });
  }
}

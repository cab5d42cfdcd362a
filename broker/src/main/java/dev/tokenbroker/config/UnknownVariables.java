package dev.tokenbroker.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds mistyped variables: everything that starts with {@code BROKER_} must be in the table. */
final class UnknownVariables {

  private static final String OURS = "BROKER_";

  /**
   * What Kubernetes puts into every container for a Service named {@code broker} or {@code
   * broker-...}. Source: Kubernetes documentation, "Service", environment variables.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "BROKER_([A-Z0-9_]+_)?"
              + "(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.+");

  private UnknownVariables() {}

  static void check(Map<String, String> environment, List<Problem> problems) {
    Set<String> known = new TreeSet<>();
    for (Setting<?> setting : Settings.ALL) {
      setting.variables().stream().filter(name -> name.startsWith(OURS)).forEach(known::add);
    }
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(OURS) && !known.contains(name) && !isServiceLink(name, value)) {
                // Its value is not shown: nobody knows what it is.
                String near = Suggestion.didYouMean(name, known);
                problems.add(
                    new Problem(
                        Shown.plain(name), "an unknown variable", "one of the settings" + near));
              }
            });
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        // BROKER_PORT alone is also what somebody might write by mistake.
        || (name.endsWith("_PORT") && SERVICE_URL.matcher(value).matches());
  }
}

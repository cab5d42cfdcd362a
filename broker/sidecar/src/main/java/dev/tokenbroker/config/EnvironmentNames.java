package dev.tokenbroker.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds variables that were mistyped: a name with our prefix that no setting has. */
public final class EnvironmentNames {

  private static final String OURS = "BROKER_";

  /**
   * What Kubernetes puts into every container for a Service named {@code broker} or {@code
   * broker-...}, after the prefix.
   *
   * <p>Source: <a
   * href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Kubernetes,
   * Service, environment variables</a>.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "([A-Z0-9_]+_)?"
              + "(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern SERVICE_URL = Pattern.compile("(tcp|udp|sctp)://.+");

  private EnvironmentNames() {}

  /** Checks all variables that start with {@code BROKER_}. */
  static void check(Map<String, String> environment, List<Problem> problems) {
    Set<String> known = new TreeSet<>();
    for (Setting<?> setting : Settings.ALL) {
      setting.variables().stream().filter(name -> name.startsWith(OURS)).forEach(known::add);
    }
    for (String name : unknown(environment, OURS, known)) {
      // Its value is not shown: nobody knows what it is.
      String expected = "one of the settings" + Suggestion.didYouMean(name, known);
      problems.add(new Problem(Redacted.plain(name), "an unknown variable", expected));
    }
    refuseBlank(environment, problems);
  }

  /**
   * Returns the variables, in the order of the alphabet, that start with the prefix, are none of
   * the known ones, and were not put there by Kubernetes for a Service.
   */
  public static List<String> unknown(
      Map<String, String> environment, String prefix, Collection<String> known) {
    return new TreeMap<>(environment)
        .entrySet().stream()
            .filter(variable -> variable.getKey().startsWith(prefix))
            .filter(variable -> !known.contains(variable.getKey()))
            .filter(variable -> !isServiceLink(variable.getKey(), variable.getValue(), prefix))
            .map(Map.Entry::getKey)
            .toList();
  }

  private static boolean isServiceLink(String name, String value, String prefix) {
    return SERVICE_LINK.matcher(name.substring(prefix.length())).matches()
        // BROKER_PORT=8080 is what somebody wrote by mistake.
        || (name.endsWith("_PORT") && SERVICE_URL.matcher(value).matches());
  }

  /**
   * An empty variable counts as not set, because a Pod spec cannot unset what an image sets; a
   * blank one is a template that went wrong, and must not turn off what it was meant to turn on.
   */
  private static void refuseBlank(Map<String, String> environment, List<Problem> problems) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(OURS) && value.isBlank() && !value.isEmpty()) {
                String expected = "a value, or an empty text to leave it unset";
                problems.add(new Problem(Redacted.plain(name), "blanks only", expected));
              }
            });
  }
}

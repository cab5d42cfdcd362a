package dev.tokenbroker.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables of an app container.
 *
 * @param actual those it has; empty if nobody showed them
 * @param wanted those that lead every client to the broker
 */
public record AppEnvironmentCheck(
    Optional<Map<String, String>> actual, Map<String, String> wanted) {

  private static final Set<String> SECRETS = Set.of("IDENTITY_HEADER", "MSI_SECRET");
  private static final Set<String> WAYS =
      Set.of(
          "IDENTITY_ENDPOINT",
          "MSI_ENDPOINT",
          "AZURE_POD_IDENTITY_AUTHORITY_HOST",
          "ARM_MSI_ENDPOINT");
  private static final String SHOW_ALL = "token-broker env prints what an app container needs";

  List<Finding> check() {
    if (actual.isEmpty()) {
      return List.of(
          Finding.skipped(
              "app",
              "App variables not looked at: pipe what env prints in the app's container into"
                  + " doctor --app-env -"));
    }
    Map<String, String> app = actual.get();
    List<Finding> findings = new ArrayList<>();
    Set<String> ways = new TreeSet<>(WAYS);
    ways.retainAll(app.keySet());
    ways.removeIf(name -> app.getOrDefault(name, "").isEmpty());
    if (ways.isEmpty()) {
      findings.add(
          Finding.failed(
              "app-not-pointed",
              "The app has none of the variables that lead to the broker",
              "Its SDK asks 169.254.169.254, which is not the broker unless redirected",
              SHOW_ALL));
    }
    wanted.forEach((name, value) -> compare(app, name, value).ifPresent(findings::add));
    proxy(app).ifPresent(findings::add);
    direct(app).ifPresent(findings::add);
    return findings.isEmpty()
        ? List.of(Finding.ok("app", "The app finds the broker by " + String.join(", ", ways)))
        : findings;
  }

  /** A missing variable is no fault: no client follows all of them. */
  private static Optional<Finding> compare(Map<String, String> app, String name, String value) {
    String found = app.getOrDefault(name, value);
    // An empty variable is how an author switches a way off.
    if (found.isEmpty()
        || found.equals(value)
        || name.equalsIgnoreCase("NO_PROXY")
        || name.equals("ARM_USE_MSI")) {
      return Optional.empty();
    }
    boolean secret = SECRETS.contains(name);
    return Optional.of(
        Finding.failed(
            secret ? "app-secret-differs" : "app-points-elsewhere",
            secret ? name + " has another value (not shown)" : name + " is " + found,
            secret ? "The broker answers 401 to it" : "The app does not ask this broker",
            secret
                ? "Give the app the value of BROKER_IDENTITY_HEADER"
                : "Set " + name + "=" + value));
  }

  private static Optional<Finding> proxy(Map<String, String> app) {
    Optional<String> proxy =
        List.of("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy").stream()
            .filter(name -> !app.getOrDefault(name, "").isEmpty())
            .findFirst();
    String direct = app.getOrDefault("NO_PROXY", app.getOrDefault("no_proxy", ""));
    if (proxy.isEmpty() || direct.contains("127.0.0.1") || direct.contains("*")) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.failed(
            "app-proxy",
            proxy.get() + " is set in the app, and its NO_PROXY lacks 127.0.0.1",
            "The app asks its proxy for the broker's address",
            "Add 127.0.0.1,localhost,169.254.169.254 to NO_PROXY and no_proxy"));
  }

  private static Optional<Finding> direct(Map<String, String> app) {
    return app.getOrDefault("AZURE_FEDERATED_TOKEN_FILE", "").isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "app-goes-itself",
                "AZURE_FEDERATED_TOKEN_FILE is set in the app",
                "SDKs that find it go to Entra by themselves, past the broker",
                "Wanted with shared mode only; else use strict mode"));
  }
}

package dev.tokenbroker.compat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How a client finds the broker. */
enum Reach {
  ENV("all that `token-broker env` prints"),
  IDENTITY_ENDPOINT(
      "`IDENTITY_ENDPOINT`, `IDENTITY_HEADER`", "IDENTITY_ENDPOINT", "IDENTITY_HEADER"),
  MSI_ENDPOINT("`MSI_ENDPOINT`, `MSI_SECRET`", "MSI_ENDPOINT", "MSI_SECRET"),
  CLOUD_SHELL("`MSI_ENDPOINT` alone", "MSI_ENDPOINT"),
  POD_IDENTITY_HOST("`AZURE_POD_IDENTITY_AUTHORITY_HOST`", "AZURE_POD_IDENTITY_AUTHORITY_HOST"),
  REDIRECT("169.254.169.254 redirected, no variable");

  final String title;
  private final Set<String> names;

  Reach(String title, String... names) {
    this.title = title;
    this.names = Set.of(names);
  }

  /** Whose variables to print: one way at a time is tried also where it is not recommended. */
  String family(CompatClient client) {
    if (this != ENV) {
      return "all --pair all";
    }
    return client.needsTheOlderPair() ? client.family() + " --pair msi" : client.family();
  }

  /** What the client is told, out of what {@code token-broker env} prints. */
  Map<String, String> variables(Map<String, String> printed) {
    Map<String, String> variables = new HashMap<>(printed);
    if (this != ENV) {
      variables.keySet().retainAll(names);
    }
    return variables;
  }
}

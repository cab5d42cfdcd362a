package dev.tokenbroker.doctor;

import dev.tokenbroker.exchange.Aadsts;
import dev.tokenbroker.token.TokenFailure.Rejected;
import java.util.Map;
import java.util.Set;

/** Names for what Entra refuses; cause and fix are those of the broker's own hints. */
final class Refusals {

  static final String LIST_CREDENTIALS =
      "az identity federated-credential list --identity-name <identity> --resource-group <group>";

  static final String DEFAULT_FIX = "See the correlation id in the tenant's sign-in logs";

  private static final Map<String, String> IDS =
      Map.ofEntries(
          Map.entry("70021", "no-federated-credential"),
          Map.entry("70025", "no-federated-credential"),
          Map.entry("700211", "issuer-differs"),
          Map.entry("700212", "audience-differs"),
          Map.entry("700213", "subject-differs"),
          Map.entry("700024", "assertion-outside-validity"),
          Map.entry("700016", "unknown-application"),
          Map.entry("90002", "wrong-tenant"),
          Map.entry("900023", "wrong-tenant"),
          Map.entry("500011", "unknown-resource"),
          Map.entry("70011", "malformed-resource"),
          Map.entry("1002012", "malformed-resource"),
          Map.entry("53003", "blocked-by-policy"),
          Map.entry("530032", "blocked-by-policy"));

  private static final Set<String> OF_CREDENTIAL =
      Set.of("no-federated-credential", "issuer-differs", "audience-differs", "subject-differs");
  private static final Set<String> OF_RESOURCE = Set.of("unknown-resource", "malformed-resource");

  private Refusals() {}

  static String idOf(Rejected refusal, boolean throughTokenProxy) {
    if (refusal.aadsts() == 0 && throughTokenProxy) {
      return "token-proxy-refuses";
    }
    return Aadsts.familyOf(refusal.aadsts())
        .map(family -> IDS.getOrDefault(family, "refused"))
        .orElse("refused");
  }

  static boolean isOfCredential(String id) {
    return OF_CREDENTIAL.contains(id);
  }

  static boolean isOfResource(String id) {
    return OF_RESOURCE.contains(id);
  }
}

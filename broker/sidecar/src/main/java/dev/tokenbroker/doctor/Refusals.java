package dev.tokenbroker.doctor;

import dev.tokenbroker.token.Aadsts;
import dev.tokenbroker.token.TokenFailure.Rejected;
import java.util.Set;

/** Names for what Entra refuses; cause and fix are those of the broker's own hints. */
final class Refusals {

  static final String LIST_CREDENTIALS =
      "az identity federated-credential list --identity-name <identity> --resource-group <group>";

  static final String DEFAULT_FIX = "See the correlation id in the tenant's sign-in logs";

  private static final Set<String> OF_CREDENTIAL =
      Set.of("no-federated-credential", "issuer-differs", "audience-differs", "subject-differs");
  private static final Set<String> OF_RESOURCE = Set.of("unknown-resource", "malformed-resource");

  private Refusals() {}

  static String idOf(Rejected refusal, boolean throughTokenProxy) {
    if (refusal.aadsts() == 0 && throughTokenProxy) {
      return "token-proxy-refuses";
    }
    return Aadsts.of(refusal.aadsts()).map(Aadsts::name).orElse(Aadsts.REFUSED);
  }

  static boolean isOfCredential(String id) {
    return OF_CREDENTIAL.contains(id);
  }

  static boolean isOfResource(String id) {
    return OF_RESOURCE.contains(id);
  }
}

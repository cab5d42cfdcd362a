package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.config.TokenProxy;
import dev.tokenbroker.token.Aadsts;
import dev.tokenbroker.token.PosixShell;
import dev.tokenbroker.token.Remedy;
import java.util.Optional;

/** Finds the fix of a refusal for this pod, given the claims of its own token. */
final class PodRemedy {

  private PodRemedy() {}

  /**
   * The remedy for a refusal. The command holds what the pod's own token says, which is exactly
   * what Entra compares; {@code --audiences} and the others are those of {@code az identity
   * federated-credential create} (Azure CLI reference).
   */
  static Remedy of(Aadsts refusal, Optional<FederatedClaims> claims, OutboundRoute route) {
    Remedy known = refusal.remedy();
    if (!refusal.isFamily() || claims.isEmpty()) {
      return known;
    }
    FederatedClaims pod = claims.get();
    if (route instanceof TokenProxy) {
      return AudienceMismatch.of(pod, true)
          .orElseGet(
              () ->
                  Remedy.of(
                      known.cause(),
                      "with identity bindings AKS keeps it, so look at az aks"
                          + " identity-binding list."));
    }
    return AudienceMismatch.of(pod, false).orElseGet(() -> known.withCommand(create(pod)));
  }

  private static String create(FederatedClaims pod) {
    return "az identity federated-credential create --name token-broker"
        + " --identity-name <identity> --resource-group <group>"
        + " --issuer "
        + PosixShell.quoted(pod.issuer())
        + " --subject "
        + PosixShell.quoted(pod.subject())
        + " --audiences "
        + PosixShell.quoted(String.join(" ", pod.audience()));
  }
}

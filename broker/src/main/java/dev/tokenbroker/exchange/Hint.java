package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import java.util.Optional;

/**
 * Cause and fix of a refusal.
 *
 * @param text in plain words
 * @param fixedByCredential whether creating a federated credential mends it
 */
public record Hint(String text, boolean fixedByCredential) {

  /**
   * The hint for this pod. The command holds what the pod's own token says, which is exactly what
   * Entra compares; {@code --audiences} and the others are those of {@code az identity
   * federated-credential create} (Azure CLI reference).
   */
  String forClaims(Optional<FederatedClaims> claims, Route route) {
    if (!fixedByCredential || claims.isEmpty()) {
      return text;
    }
    FederatedClaims pod = claims.get();
    return BindingMismatch.of(pod, route instanceof TokenProxy)
        .orElseGet(() -> text + fixFor(pod, route));
  }

  private static String fixFor(FederatedClaims pod, Route route) {
    if (route instanceof TokenProxy) {
      return " with identity bindings AKS keeps it, so look at az aks identity-binding list.";
    }
    return " az identity federated-credential create --name token-broker"
        + " --identity-name <identity> --resource-group <group>"
        + " --issuer "
        + quoted(pod.issuer())
        + " --subject "
        + quoted(pod.subject())
        + " --audiences "
        + quoted(String.join(" ", pod.audience()));
  }

  /** For a POSIX shell: a claim is the cluster's word, not something to run. */
  static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}

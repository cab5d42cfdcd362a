package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import java.util.Optional;

/**
 * Cause and fix of a refusal.
 *
 * @param text in plain words
 * @param fixedByCredential whether creating a federated credential mends it
 */
record Hint(String text, boolean fixedByCredential) {

  /** The audience of a token that only the AKS token proxy takes. */
  private static final String BINDING_AUDIENCE = "api://AKSIdentityBinding";

  /**
   * The hint for this pod. The command holds what the pod's own token says, which is exactly what
   * Entra compares; {@code --audiences} and the others are those of {@code az identity
   * federated-credential create} (Azure CLI reference).
   */
  String forClaims(Optional<FederatedClaims> claims) {
    if (!fixedByCredential || claims.isEmpty()) {
      return text;
    }
    FederatedClaims pod = claims.get();
    if (pod.audience().contains(BINDING_AUDIENCE)) {
      return "The pod's token is meant for the token proxy of AKS identity bindings (audience "
          + BINDING_AUDIENCE
          + "), which Entra itself refuses.";
    }
    return text
        + " az identity federated-credential create --name token-broker"
        + " --identity-name <identity> --resource-group <group>"
        + " --issuer "
        + quoted(pod.issuer())
        + " --subject "
        + quoted(pod.subject())
        + " --audiences "
        + quoted(String.join(" ", pod.audience()));
  }

  /** For a POSIX shell: a claim is the cluster's word, not something to run. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}

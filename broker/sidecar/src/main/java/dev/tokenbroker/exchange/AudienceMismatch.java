package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.token.Remedy;
import java.util.Optional;

/**
 * A projected token that was made for the other way to Entra: those of AKS identity bindings go
 * through the token proxy only, and the proxy takes no others.
 */
public final class AudienceMismatch {

  /** The audience of the projected tokens that the token proxy takes; Entra itself refuses them. */
  private static final String AUDIENCE = "api://AKSIdentityBinding";

  private static final String ANNOTATION = "azure.workload.identity/use-identity-binding";

  private AudienceMismatch() {}

  /** Cause and fix, if the pod's token was made for the other way. */
  public static Optional<Remedy> of(FederatedClaims pod, boolean throughTokenProxy) {
    return throughTokenProxy ? plainTokenAtProxy(pod) : boundTokenWithoutProxy(pod);
  }

  static Optional<Remedy> plainTokenAtProxy(FederatedClaims pod) {
    if (pod.audience().contains(AUDIENCE)) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.of(
            "Identity binding mismatch, for AZURE_KUBERNETES_TOKEN_PROXY is set, the AKS token proxy"
                + " takes only tokens with the audience "
                + AUDIENCE
                + ", and the pod's token has "
                + String.join(", ", pod.audience()),
            "set the annotation "
                + ANNOTATION
                + ": \"true\" on the pod template, or unset the AZURE_KUBERNETES_ variables."));
  }

  private static Optional<Remedy> boundTokenWithoutProxy(FederatedClaims pod) {
    if (!pod.audience().contains(AUDIENCE)) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.of(
            "Identity binding mismatch, for the pod's token has the audience "
                + AUDIENCE
                + ", which Entra itself refuses and only the AKS token proxy takes, and"
                + " AZURE_KUBERNETES_TOKEN_PROXY is not set",
            "give the broker the AZURE_KUBERNETES_"
                + " variables (AKS does, with the annotation "
                + ANNOTATION
                + ": \"true\" on the pod template), or project a token for Entra's audience."));
  }
}

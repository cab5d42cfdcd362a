package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import java.util.Optional;

/**
 * A projected token that was made for the other way to Entra: those of AKS identity bindings go
 * through the token proxy only, and the proxy takes no others.
 */
final class BindingMismatch {

  private static final String ANNOTATION = "azure.workload.identity/use-identity-binding";

  private BindingMismatch() {}

  /** Cause and fix, if the pod's token was made for the other way. */
  static Optional<String> of(FederatedClaims pod, Route route) {
    return route instanceof TokenProxy ? plainTokenAtProxy(pod) : boundTokenWithoutProxy(pod);
  }

  static Optional<String> plainTokenAtProxy(FederatedClaims pod) {
    if (pod.audience().contains(TokenProxy.AUDIENCE)) {
      return Optional.empty();
    }
    return Optional.of(
        "Identity binding mismatch: AZURE_KUBERNETES_TOKEN_PROXY is set, and the AKS token proxy"
            + " takes only tokens with the audience "
            + TokenProxy.AUDIENCE
            + "; the pod's token has "
            + String.join(", ", pod.audience())
            + ". Either project a token for that audience (annotation "
            + ANNOTATION
            + ": \"true\" on the pod template), or unset the AZURE_KUBERNETES_ variables.");
  }

  private static Optional<String> boundTokenWithoutProxy(FederatedClaims pod) {
    if (!pod.audience().contains(TokenProxy.AUDIENCE)) {
      return Optional.empty();
    }
    return Optional.of(
        "Identity binding mismatch: the pod's token has the audience "
            + TokenProxy.AUDIENCE
            + ", which Entra itself refuses; it is for the AKS token proxy, but"
            + " AZURE_KUBERNETES_TOKEN_PROXY is not set. Either give the broker the"
            + " AZURE_KUBERNETES_ variables (annotation "
            + ANNOTATION
            + ": \"true\" on the pod template), or project a token for Entra's audience.");
  }
}

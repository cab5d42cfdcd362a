package dev.tokenbroker.exchange;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.token.PosixShell;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Reach;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenKey;
import java.util.Optional;

/**
 * A refusal by the AKS token proxy itself. The form of it is documented nowhere, so only the status
 * counts; whatever Entra said, the proxy passes on as Entra's JSON.
 */
final class TokenProxyRefusal {

  private static final String RBAC_GROUP = "cid.wi.aks.azure.com";

  private TokenProxyRefusal() {}

  /** The failure, if the answer is the proxy's own. */
  static Optional<TokenFailure> of(
      EntraTransport.Response response, TokenKey key, FederatedClaims pod, String correlationId) {
    if (response.status() == 200
        || response.status() == 429
        || EntraError.parse(response.body()).filter(error -> error.aadsts() != 0).isPresent()) {
      return Optional.empty();
    }
    String said = "The AKS token proxy answered with status " + response.status();
    return Optional.of(
        switch (response.status()) {
          case 401 -> rejected("invalid_client", said, correlationId, unauthenticated(pod));
          case 403 -> rejected("unauthorized_client", said, correlationId, forbidden(key, pod));
          case 404 -> rejected("unauthorized_client", said, correlationId, unbound(key));
          default ->
              new Unavailable(
                  said,
                  Optional.empty(),
                  response.status() >= 500 ? Reach.AUTHORITY : Reach.REQUEST);
        });
  }

  private static Rejected rejected(String error, String said, String correlationId, Remedy remedy) {
    // Whatever mends it works within seconds, and the broker is told nothing of it.
    return new Rejected(error, 0, said, correlationId, Optional.of(remedy), Outlook.PROPAGATING);
  }

  private static Remedy unauthenticated(FederatedClaims pod) {
    return AudienceMismatch.plainTokenAtProxy(pod)
        .orElseGet(
            () ->
                Remedy.of(
                    "It does not take the pod's token", "is it of this cluster, and not expired?"));
  }

  private static Remedy forbidden(TokenKey key, FederatedClaims pod) {
    return Remedy.of(
            "Kubernetes RBAC does not let " + pod.subject() + " use this identity",
            "bind it to a ClusterRole with the verb use-managed-identity on the"
                + " resource "
                + key.clientId()
                + " of the API group "
                + RBAC_GROUP
                + ". To see it:")
        .withCommand(
            "kubectl auth can-i use-managed-identity "
                + key.clientId()
                + "."
                + RBAC_GROUP
                + " --as "
                + PosixShell.quoted(pod.subject()));
  }

  private static Remedy unbound(TokenKey key) {
    return Remedy.of(
        "It knows no such identity",
        "is "
            + key.clientId()
            + " bound to this cluster (az aks identity-binding list), and is"
            + " AZURE_KUBERNETES_TOKEN_PROXY right?");
  }
}

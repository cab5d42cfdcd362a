package dev.tokenbroker.inject;

import java.util.List;
import java.util.Optional;

/**
 * azwi's own proxy, which its webhook adds to a pod on request: it leads 169.254.169.254 to a
 * container of its own, and that one needs the projected token. Its containers are left alone, in
 * strict mode too: without the token they would break every app that asks that address.
 *
 * <p>Source: azure-workload-identity, pkg/webhook: the annotation counts whatever its value.
 */
final class AzwiProxy {

  static final List<String> CONTAINERS = List.of("azwi-proxy", "azwi-proxy-init");

  private static final String ANNOTATION = "azure.workload.identity/inject-proxy-sidecar";

  private AzwiProxy() {}

  /**
   * What the author should know; empty if the pod has no such proxy, or the redirect comes first.
   */
  static Optional<String> warning(SubmittedPod pod, InjectionSpec wishes) {
    boolean present =
        pod.annotation(ANNOTATION).isPresent() || CONTAINERS.stream().anyMatch(pod::hasContainer);
    return present && !wishes.redirect()
        ? Optional.of(
            "azwi's proxy answers at 169.254.169.254 in this pod, not the token broker: remove the"
                + " annotation "
                + ANNOTATION
                + ", and set "
                + Names.REDIRECT
                + ": \"true\" if the app needs that address")
        : Optional.empty();
  }
}

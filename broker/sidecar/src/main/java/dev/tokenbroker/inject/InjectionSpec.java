package dev.tokenbroker.inject;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The specification of one pod's injection: the cluster's options with the pod's annotations over
 * them.
 *
 * @param port where the broker listens on the pod's loopback
 * @param identityHeaderSecret the Secret that holds what callers must show; empty: any value does
 * @param prefetch resources, as {@code BROKER_PREFETCH} takes them
 * @param variables what the app's containers get
 * @param skipped containers to leave as they are
 */
record InjectionSpec(
    String image,
    InjectionMode mode,
    int port,
    Optional<String> identitiesConfigMap,
    Optional<String> identityHeaderSecret,
    Optional<String> prefetch,
    boolean redirect,
    ClientVariables.Selection variables,
    Set<String> skipped,
    ResourceRequirements resources,
    Optional<String> logLevel) {

  static final int DEFAULT_PORT = 16925;

  /** The broker serves probes here; an app cannot have the same port. */
  static final int ADMIN_PORT = 16926;

  private static final List<String> OURS =
      List.of(WellKnownNames.SIDECAR, WellKnownNames.REDIRECT_CONTAINER);

  /** Tells whether injection changes this container: it is an app's, and not skipped. */
  boolean concerns(Pod.Container container) {
    String name = container.name();
    return !OURS.contains(name)
        && !WorkloadIdentity.PROXY_CONTAINERS.contains(name)
        && !skipped.contains(name);
  }
}

package dev.tokenbroker.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Detects that this process runs in a Kubernetes pod, where a developer's tokens have no place. */
public final class KubernetesPod {

  /** The kubelet sets it in every container (Kubernetes, "Accessing the API from a Pod"). */
  private static final String SERVICE_HOST = "KUBERNETES_SERVICE_HOST";

  /** Where every pod finds its service account, unless it is opted out of it. */
  private static final Path SECRETS = Path.of("/var/run/secrets/kubernetes.io");

  private KubernetesPod() {}

  /** What gives the pod away; empty outside of one. */
  public static Optional<String> sign(Map<String, String> environment) {
    return sign(environment, SECRETS);
  }

  static Optional<String> sign(Map<String, String> environment, Path secrets) {
    if (!environment.getOrDefault(SERVICE_HOST, "").isEmpty()) {
      return Optional.of(SERVICE_HOST + " is set");
    }
    return Files.exists(secrets) ? Optional.of(secrets + " exists") : Optional.empty();
  }
}

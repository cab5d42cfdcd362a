package dev.tokenbroker.migrate;

import java.util.Map;

/**
 * An AzurePodIdentityException: NMI hands requests of pods that carry one of the labels on to the
 * real IMDS. One label is enough; it counts in its own namespace.
 */
record PodIdentityException(String namespace, String name, Map<String, String> podLabels) {

  static PodIdentityException of(Manifest manifest) {
    return new PodIdentityException(
        manifest.namespace(),
        manifest.name(),
        manifest.spec().mapOfAnyCase("podLabels").map(YamlMap::texts).orElse(Map.of()));
  }

  boolean covers(Workload workload) {
    return namespace.equals(workload.namespace())
        && podLabels.entrySet().stream()
            .anyMatch(label -> label.getValue().equals(workload.labels().get(label.getKey())));
  }
}

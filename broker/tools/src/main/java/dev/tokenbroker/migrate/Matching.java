package dev.tokenbroker.migrate;

/** Whose identities pod identity gave to a pod; the manifests do not say how it was started. */
public enum Matching {
  /**
   * Those of the pod's own namespace: {@code --forceNamespaced}, as AKS's add-on always runs.
   * Source: aad-pod-identity, "Configure AAD Pod Identity for namespaced mode".
   */
  NAMESPACED,
  /** Those of every namespace whose selector matches: pod identity's default. */
  CLUSTER_WIDE
}

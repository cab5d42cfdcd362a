package dev.tokenbroker.migrate;

/** Small manifests for tests of one rule each. */
final class Manifests {

  static final String CLIENT_ID = "dddddddd-0000-4000-8000-000000000001";

  private Manifests() {}

  static String identity(String namespace, String name, String more) {
    return """
        apiVersion: aadpodidentity.k8s.io/v1
        kind: AzureIdentity
        metadata: {namespace: %s, name: %s}
        spec:
          type: 0
          clientID: %s
          resourceID: /subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi-%s
        %s---
        """
        .formatted(namespace, name, CLIENT_ID, name, more);
  }

  static String binding(String namespace, String identity, String selector) {
    return """
        apiVersion: aadpodidentity.k8s.io/v1
        kind: AzureIdentityBinding
        metadata: {namespace: %s, name: %s-%s}
        spec: {azureIdentity: %s, selector: %s}
        ---
        """
        .formatted(namespace, identity, selector, identity, selector);
  }

  static String deployment(String namespace, String name, String selector, String podSpec) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {namespace: %s, name: %s}
        spec:
          template:
            metadata: {labels: {aadpodidbinding: %s}}
            spec: {%scontainers: [{name: app, image: app}]}
        ---
        """
        .formatted(namespace, name, selector, podSpec);
  }
}

package dev.tokenbroker.migrate;

import java.util.List;

/** The broker's file for workloads that may use several identities, as a ConfigMap. */
final class IdentitiesFile {

  private static final int MAX_NAME = 63;

  private IdentitiesFile() {}

  static String configMap(Assignment assignment, String tenant) {
    YamlMap root = YamlMap.empty();
    root.put("apiVersion", "v1");
    root.put("kind", "ConfigMap");
    YamlMap metadata = root.mapOrNew("metadata");
    metadata.put("name", assignment.configMap());
    metadata.put("namespace", assignment.workload().namespace());
    root.mapOrNew("data").put("config.yaml", content(assignment, tenant));
    return YamlText.write(root);
  }

  private static String content(Assignment assignment, String tenant) {
    StringBuilder text = new StringBuilder();
    text.append("tenantId: ").append(tenant).append('\n');
    text.append("defaultIdentity: ").append(name(assignment.defaultIdentity(), assignment));
    text.append("\nidentities:\n");
    for (AzureIdentity identity : assignment.identities()) {
      text.append("  - name: ").append(name(identity, assignment)).append('\n');
      text.append("    clientId: ").append(identity.clientId().orElse("")).append('\n');
      identity.tenant().ifPresent(id -> text.append("    tenantId: ").append(id).append('\n'));
      identity
          .resourceId()
          .ifPresent(id -> text.append("    resourceId: ").append(id).append('\n'));
    }
    return text.toString();
  }

  /** The AzureIdentity's own name where it is clear. */
  private static String name(AzureIdentity identity, Assignment assignment) {
    List<String> same =
        assignment.identities().stream()
            .map(AzureIdentity::name)
            .filter(identity.name()::equals)
            .toList();
    String name = same.size() == 1 ? identity.name() : identity.namespace() + "." + identity.name();
    return name.length() <= MAX_NAME ? name : SafeName.of(name, MAX_NAME);
  }
}

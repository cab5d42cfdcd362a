package dev.tokenbroker.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the manifests to apply: workloads, service accounts and ConfigMaps. */
final class NewManifests {

  private static final int MAX_NAME = 63;

  private NewManifests() {}

  /** A workload as it becomes; twice is the same as once. */
  static String workload(Assignment assignment, boolean dropBindingLabel) {
    Workload workload = assignment.workload();
    YamlMap metadata = workload.template().mapOrNew("metadata");
    YamlMap labels = metadata.mapOrNew("labels");
    labels.put(Labels.USE, "true");
    labels.put(Labels.INJECT, "true");
    if (dropBindingLabel && !workload.selectsByBindingLabel()) {
      labels.remove(Workload.BINDING_LABEL);
    }
    if (assignment.needsConfigMap()) {
      metadata.mapOrNew("annotations").put(Labels.IDENTITIES_CONFIG_MAP, assignment.configMap());
    }
    YamlMap spec = workload.podSpec();
    spec.put("serviceAccountName", assignment.account().name());
    // The old name of the same field; the API server fills it in.
    spec.remove("serviceAccount");
    ServerFields.dropFrom(workload.manifest());
    return YamlText.write(workload.manifest().root());
  }

  /**
   * A service account that azwi knows the identity of: the manifest that was given, annotated; else
   * one that holds nothing but the annotations.
   */
  static String serviceAccount(
      Assignment assignment, Map<Account, Manifest> present, String tenant) {
    Account account = assignment.account();
    Optional<Manifest> given = Optional.ofNullable(present.get(account));
    YamlMap root = given.map(Manifest::root).orElseGet(() -> empty(account));
    AzureIdentity identity = assignment.defaultIdentity();
    YamlMap annotations = root.mapOrNew("metadata").mapOrNew("annotations");
    identity.clientId().ifPresent(id -> annotations.put(Labels.CLIENT_ID, id));
    annotations.put(Labels.TENANT_ID, identity.tenant().orElse(tenant));
    if (assignment.newAccount()) {
      // Without them the images might be out of reach.
      Optional.ofNullable(present.get(new Account(account.namespace(), "default")))
          .ifPresent(manifest -> root.copy("imagePullSecrets", manifest.root()));
    }
    given.ifPresent(ServerFields::dropFrom);
    return YamlText.write(root);
  }

  private static YamlMap empty(Account account) {
    YamlMap root = YamlMap.empty();
    root.put("apiVersion", "v1");
    root.put("kind", "ServiceAccount");
    YamlMap metadata = root.mapOrNew("metadata");
    metadata.put("name", account.name());
    metadata.put("namespace", account.namespace());
    return root;
  }

  /** The broker's file for workloads that may use several identities, as a ConfigMap. */
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

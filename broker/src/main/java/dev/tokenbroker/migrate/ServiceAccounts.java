package dev.tokenbroker.migrate;

import java.util.Optional;

/** Service accounts that azwi knows the identity of. */
final class ServiceAccounts {

  private ServiceAccounts() {}

  /** The manifest that was given, annotated; else one that holds nothing but the annotations. */
  static String of(Assignment assignment, Optional<Manifest> given, String tenant) {
    YamlMap root = given.map(Manifest::root).orElseGet(() -> empty(assignment.account()));
    AzureIdentity identity = assignment.defaultIdentity();
    YamlMap annotations = root.mapOrNew("metadata").mapOrNew("annotations");
    identity.clientId().ifPresent(id -> annotations.put(Labels.CLIENT_ID, id));
    annotations.put(Labels.TENANT_ID, identity.tenant().orElse(tenant));
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
}

package dev.tokenbroker.migrate;

import java.util.Map;
import java.util.Optional;

/** Service accounts that azwi knows the identity of. */
final class ServiceAccounts {

  private ServiceAccounts() {}

  /** The manifest that was given, annotated; else one that holds nothing but the annotations. */
  static String of(Assignment assignment, Map<Account, Manifest> present, String tenant) {
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
}

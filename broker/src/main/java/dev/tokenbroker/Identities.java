package dev.tokenbroker;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.token.TokenKey;
import java.util.List;

/** From configured identities to the directory, and to the keys kept fresh from the start. */
final class Identities {

  private Identities() {}

  static IdentityDirectory directory(BrokerConfig config) {
    return new IdentityDirectory(config.identities(), config.entra().authority().toString());
  }

  /** One key for each resource that the operator wants prefetched. */
  static List<TokenKey> prefetched(BrokerConfig config, IdentityDirectory directory) {
    return config.identities().known().stream()
        .flatMap(
            identity ->
                identity.prefetch().stream()
                    .map(resource -> directory.keyFor(identityOf(identity), resource)))
        .distinct()
        .toList();
  }

  private static Identity identityOf(IdentityConfig config) {
    return new Identity(config.name(), config.clientId(), config.tenantId());
  }
}

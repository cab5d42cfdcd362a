package dev.tokenbroker;

import dev.tokenbroker.cli.Version;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.status.About;
import dev.tokenbroker.token.TokenKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

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

  /** What the status says of a broker with this configuration. */
  static About about(BrokerConfig config, Instant now) {
    return new About(
        Version.number(),
        now,
        config.entra().authority().toString(),
        config.entra().federatedTokenFile().toString(),
        config.identities().known().stream()
            .collect(
                Collectors.toMap(
                    IdentityConfig::clientId, IdentityConfig::name, (one, same) -> one)));
  }

  private static Identity identityOf(IdentityConfig config) {
    return new Identity(config.name(), config.clientId(), config.tenantId());
  }
}

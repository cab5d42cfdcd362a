package dev.tokenbroker.assembly;

import dev.tokenbroker.admin.BrokerInfo;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.token.TokenKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the identity directory, and the keys to keep fresh, of the configured identities. */
final class Identities {

  private Identities() {}

  /** One key for each resource that the operator wants prefetched. */
  static List<TokenKey> prefetched(BrokerConfig config, IdentityDirectory directory) {
    return keys(config, directory, identity -> identity.prefetch().stream());
  }

  /** One key for each resource that the operator names, to be prefetched or as allowed. */
  static List<TokenKey> configured(BrokerConfig config, IdentityDirectory directory) {
    return keys(
        config,
        directory,
        identity ->
            Stream.concat(
                identity.prefetch().stream(),
                identity.allowedResources().stream().flatMap(List::stream)));
  }

  /** Tells the keys that the operator names, for whichever kind of caller. */
  static Predicate<TokenKey> areConfigured(BrokerConfig config, IdentityDirectory directory) {
    Set<TokenKey> keys = Set.copyOf(configured(config, directory));
    return key ->
        keys.contains(new TokenKey(key.authority(), key.tenant(), key.clientId(), key.scope()));
  }

  static List<String> clientIds(BrokerConfig config) {
    return config.identities().known().stream().map(IdentityConfig::clientId).toList();
  }

  private static List<TokenKey> keys(
      BrokerConfig config,
      IdentityDirectory directory,
      Function<IdentityConfig, Stream<String>> resources) {
    return config.identities().known().stream()
        .flatMap(
            identity ->
                resources
                    .apply(identity)
                    .map(resource -> directory.keyFor(identityOf(identity), resource)))
        .distinct()
        .toList();
  }

  /** What the status says of a broker with this configuration. */
  static BrokerInfo about(BrokerConfig config, String source, Instant now) {
    return new BrokerInfo(
        Version.number(),
        now,
        source,
        // Where there is no pod another program asks, of the cloud that it is set to.
        config.entra().federatedTokenFile().map(file -> config.entra().authority().toString()),
        config.entra().federatedTokenFile().map(Path::toString),
        config.identities().known().stream()
            .collect(
                Collectors.toMap(
                    IdentityConfig::clientId, IdentityConfig::name, (one, same) -> one)));
  }

  private static Identity identityOf(IdentityConfig config) {
    return new Identity(config.name(), config.clientId(), config.tenantId());
  }
}

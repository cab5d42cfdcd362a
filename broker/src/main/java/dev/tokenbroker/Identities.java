package dev.tokenbroker;

import dev.tokenbroker.cli.Version;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.Credential;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.identity.Identity;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.status.About;
import dev.tokenbroker.token.TokenKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From configured identities to the directory, and to the keys kept fresh from the start. */
final class Identities {

  private Identities() {}

  static IdentityDirectory directory(BrokerConfig config) {
    String authority = config.entra().authority().toString();
    return config.entra().credential() instanceof Credential.AzLogin
        ? IdentityDirectory.standIn(config.identities(), authority, new StandIn())
        : new IdentityDirectory(config.identities(), authority);
  }

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
  static About about(BrokerConfig config, Instant now) {
    Credential credential = config.entra().credential();
    return new About(
        Version.number(),
        now,
        source(credential),
        // Az asks the cloud that az is set to.
        credential instanceof Credential.AzLogin
            ? Optional.empty()
            : Optional.of(config.entra().authority().toString()),
        config.entra().federatedTokenFile().map(Path::toString),
        config.identities().known().stream()
            .collect(
                Collectors.toMap(
                    IdentityConfig::clientId, IdentityConfig::name, (one, same) -> one)));
  }

  private static String source(Credential credential) {
    if (credential instanceof Credential.AzLogin login) {
      return "Your own az login on this machine"
          + login.tenant().map(tenant -> ", tenant " + tenant).orElse("")
          + "; there is no pod and no projected token";
    }
    return credential instanceof Credential.EmulatedToken
        ? "An emulated Entra on this machine, for the token of an emulated pod; no service takes them"
        : "Entra, for the pod's own token";
  }

  private static Identity identityOf(IdentityConfig config) {
    return new Identity(config.name(), config.clientId(), config.tenantId());
  }
}

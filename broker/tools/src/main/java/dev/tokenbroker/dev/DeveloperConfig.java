package dev.tokenbroker.dev;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.config.EntraConfig;
import dev.tokenbroker.config.IdentitiesConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.config.Problem;
import dev.tokenbroker.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration on a developer's machine: one identity, the developer, and quieter settings.
 */
public final class DeveloperConfig {

  /** The application that az is in Entra: the tokens it gets are issued to this client id. */
  private static final String AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

  /** Entra's name for the tenant of whoever signs in with a work account. */
  private static final String OWN_TENANT = "organizations";

  /** Nobody but the developer scrapes this broker; az is a program that takes seconds to start. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "BROKER_ADMIN_LISTEN", "127.0.0.1:16926",
          "BROKER_MAX_EXCHANGES", "4",
          "BROKER_EXCHANGE_TIMEOUT", "45s",
          "BROKER_WAIT_TIMEOUT", "50s");

  /** What every pod has, and a laptop gets replaced once it is read. */
  private static final Map<String, String> OF_A_POD =
      Map.of(
          "AZURE_CLIENT_ID", AZURE_CLI,
          "AZURE_TENANT_ID", "00000000-0000-0000-0000-000000000000",
          "AZURE_FEDERATED_TOKEN_FILE", "none");

  private DeveloperConfig() {}

  /**
   * Reads the settings of {@code serve} for a machine without a pod: there is no projected token,
   * no authority for its holders, and whichever identities are configured, the developer takes
   * their place.
   *
   * @param tenant the tenant to ask, if not the one az is set to
   */
  public static ConfigResult load(Map<String, String> environment, Optional<String> tenant) {
    ConfigResult result = ConfigLoader.load(environment(environment));
    if (!(result instanceof ConfigResult.Loaded loaded)) {
      return result;
    }
    return loaded.config().endpoint().allowRemotePeers()
        ? new ConfigResult.Invalid(
            List.of(
                new Problem(
                    Settings.ALLOW_REMOTE_PEERS.label(),
                    "\"true\"",
                    "not on a developer's machine: the tokens are your own")))
        : new ConfigResult.Loaded(withoutPod(loaded.config(), tenant));
  }

  private static Map<String, String> environment(Map<String, String> given) {
    Map<String, String> environment = new HashMap<>(given);
    // Az has settings of its own for what these say; a pod's values must not stop a laptop.
    environment
        .keySet()
        .removeIf(name -> name.startsWith("AZURE_") || name.startsWith("BROKER_AUTHORITY_"));
    environment.keySet().removeAll(Set.of("HTTPS_PROXY", "https_proxy"));
    environment.putAll(OF_A_POD);
    DEFAULTS.forEach(
        (name, value) ->
            environment.merge(name, value, (set, fallback) -> set.isEmpty() ? fallback : set));
    return environment;
  }

  private static BrokerConfig withoutPod(BrokerConfig config, Optional<String> tenant) {
    return new BrokerConfig(
        config.endpoint(),
        config.adminListen(),
        Optional.empty(),
        new EntraConfig(
            config.entra().authority(),
            Optional.empty(),
            config.entra().caFile(),
            config.entra().route()),
        developer(
            tenant,
            config
                .identities()
                .defaultIdentity()
                .map(IdentityConfig::prefetch)
                .orElseGet(List::of)),
        config.limits(),
        config.logFormat(),
        config.logLevel());
  }

  private static IdentitiesConfig developer(Optional<String> tenant, List<String> prefetch) {
    IdentityConfig developer =
        new IdentityConfig(
            "developer",
            AZURE_CLI,
            tenant.orElse(OWN_TENANT),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            prefetch);
    return new IdentitiesConfig(List.of(developer), Optional.of(developer), Optional.empty());
  }
}

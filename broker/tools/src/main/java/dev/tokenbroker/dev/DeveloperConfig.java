package dev.tokenbroker.dev;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
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

  private DeveloperConfig() {}

  /**
   * Reads it; what names a pod's identity is not read.
   *
   * @param tenant the tenant to ask, if not the one az is set to
   */
  public static ConfigResult load(Map<String, String> environment, Optional<String> tenant) {
    ConfigResult result =
        ConfigLoader.loadWithoutPod(
            environment(environment), prefetch -> identities(tenant, prefetch));
    return result instanceof ConfigResult.Loaded loaded && isOpenToOthers(loaded.config())
        ? new ConfigResult.Invalid(
            List.of(
                new Problem(
                    Settings.ALLOW_REMOTE_PEERS.label(),
                    "\"true\"",
                    "not on a developer's machine: the tokens are your own")))
        : result;
  }

  private static boolean isOpenToOthers(BrokerConfig config) {
    return config.endpoint().allowRemotePeers();
  }

  private static Map<String, String> environment(Map<String, String> given) {
    Map<String, String> environment = new HashMap<>(given);
    // Az has settings of its own for what these say; a pod's values must not stop a laptop.
    environment.keySet().removeIf(name -> name.startsWith("AZURE_"));
    environment.keySet().removeAll(Set.of("HTTPS_PROXY", "https_proxy"));
    DEFAULTS.forEach(
        (name, value) ->
            environment.merge(name, value, (set, fallback) -> set.isEmpty() ? fallback : set));
    return environment;
  }

  private static IdentitiesConfig identities(Optional<String> tenant, List<String> prefetch) {
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

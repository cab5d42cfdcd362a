package dev.tokenbroker.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables the azwi webhook sets, and how tests vary them. */
final class TestEnvironment {

  static final String CLIENT = "aaaaaaaa-0000-4000-8000-000000000001";
  static final String TENANT = "bbbbbbbb-0000-4000-8000-000000000002";

  private TestEnvironment() {}

  static Map<String, String> webhook(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AZURE_CLIENT_ID", CLIENT);
    environment.put("AZURE_TENANT_ID", TENANT);
    environment.put(
        "AZURE_FEDERATED_TOKEN_FILE", "/var/run/secrets/azure/tokens/azure-identity-token");
    environment.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com/");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  static Map<String, String> without(Map<String, String> environment, String variable) {
    environment.remove(variable);
    return environment;
  }

  static BrokerConfig loaded(Map<String, String> environment) {
    ConfigResult result = ConfigLoader.load(environment);
    if (result instanceof ConfigResult.Invalid invalid) {
      throw new AssertionError("problems: " + invalid.problems());
    }
    return ((ConfigResult.Loaded) result).config();
  }

  /** All problems as printed; none if the configuration is valid. */
  static List<String> problems(Map<String, String> environment) {
    return ConfigLoader.load(environment) instanceof ConfigResult.Invalid invalid
        ? invalid.problems().stream().map(Problem::toString).toList()
        : List.of();
  }
}

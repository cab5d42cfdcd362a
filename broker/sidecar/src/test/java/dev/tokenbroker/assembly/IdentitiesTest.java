package dev.tokenbroker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.token.TokenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentitiesTest {

  @Test
  void aResourceIsConfiguredByPrefetchOrAsAllowedAndPrefetchedByPrefetchOnly(@TempDir Path folder)
      throws IOException {
    BrokerConfig config =
        config(
            folder,
            """
            identities:
              - name: orders
                clientId: aaaaaaaa-0000-0000-0000-00000000000a
                allowedResources: [https://a, https://b]
                prefetch: [https://b]
              - name: reports
                clientId: bbbbbbbb-0000-0000-0000-00000000000b
                allowedResources: ["*"]
            """);

    assertThat(Identities.configured(config, TokenOrigin.entra().directory(config)))
        .extracting(TokenKey::scope)
        .containsExactlyInAnyOrder("https://a/.default", "https://b/.default");
    assertThat(Identities.prefetched(config, TokenOrigin.entra().directory(config)))
        .extracting(TokenKey::scope)
        .containsExactly("https://b/.default");
    assertThat(Identities.clientIds(config)).hasSize(2);
  }

  private static BrokerConfig config(Path folder, String identities) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), identities);
    Map<String, String> settings =
        Map.of(
            "AZURE_TENANT_ID",
            EmulatedPod.TENANT,
            "AZURE_FEDERATED_TOKEN_FILE",
            "/token",
            "BROKER_CONFIG",
            file.toString());
    ConfigResult result = ConfigLoader.load(settings);
    if (result instanceof ConfigResult.Loaded loaded) {
      return loaded.config();
    }
    throw new AssertionError(result.toString());
  }
}

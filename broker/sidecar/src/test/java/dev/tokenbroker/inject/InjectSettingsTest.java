package dev.tokenbroker.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InjectSettingsTest {

  @Test
  void twoImagesAreEnough() {
    InjectSettings settings =
        new InjectSettings(Map.of("INJECT_IMAGE", "broker:1", "INJECT_REDIRECT_IMAGE", "nft:1"));

    assertThat(settings.read())
        .isEqualTo(
            new InjectServerOptions(
                "0.0.0.0",
                8443,
                Path.of("/etc/token-broker/tls/tls.crt"),
                Path.of("/etc/token-broker/tls/tls.key"),
                Duration.ofSeconds(10),
                new InjectionOptions(
                    "broker:1", "nft:1", InjectionMode.STRICT, ResourceRequirements.DEFAULT)));
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void aVariableThatDoesNotExistIsAProblemWithASuggestion() {
    InjectSettings settings =
        new InjectSettings(
            Map.of(
                "INJECT_IMAGE", "broker:1", "INJECT_REDIRECT_IMAGE", "nft:1", "INJECT_LISTN", "x"));

    settings.read();
    assertThat(settings.problems())
        .containsExactly("INJECT_LISTN is an unknown variable; did you mean INJECT_LISTEN?");
  }

  @Test
  void theVariablesOfAServiceNamedInjectAreNoMistake() {
    InjectSettings settings =
        new InjectSettings(
            Map.of(
                "INJECT_IMAGE", "broker:1",
                "INJECT_REDIRECT_IMAGE", "nft:1",
                "INJECT_SERVICE_HOST", "10.0.0.1",
                "INJECT_PORT_8443_TCP_ADDR", "10.0.0.1",
                "INJECT_PORT", "tcp://10.0.0.1:8443"));

    settings.read();
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void everythingCanBeSet() {
    InjectSettings settings =
        new InjectSettings(
            Map.of(
                "INJECT_IMAGE", "broker:1",
                "INJECT_REDIRECT_IMAGE", "nft:1",
                "INJECT_LISTEN", "[::]:9443",
                "INJECT_CERT_FILE", "/c",
                "INJECT_KEY_FILE", "/k",
                "INJECT_MODE", "shared",
                "INJECT_CPU_REQUEST", "1m",
                "INJECT_CPU_LIMIT", "2",
                "INJECT_MEMORY_REQUEST", "3Mi",
                "INJECT_MEMORY_LIMIT", "4e6"));

    assertThat(settings.read())
        .isEqualTo(
            new InjectServerOptions(
                "::",
                9443,
                Path.of("/c"),
                Path.of("/k"),
                Duration.ofSeconds(10),
                new InjectionOptions(
                    "broker:1",
                    "nft:1",
                    InjectionMode.SHARED,
                    new ResourceRequirements("1m", Optional.of("2"), "3Mi", "4e6"))));
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void theLogsLevelAndFormatMayBeInUpperCase() {
    InjectSettings settings =
        new InjectSettings(Map.of("INJECT_LOG_LEVEL", "DEBUG", "INJECT_LOG_FORMAT", "Json"));

    assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(settings.logFormat()).isEqualTo(LogFormat.JSON);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    InjectSettings settings =
        new InjectSettings(
            Map.of(
                "INJECT_LISTEN", "8443",
                "INJECT_MODE", "strcit",
                "INJECT_CPU_LIMIT", "much",
                "INJECT_LOG_LEVEL", "loud"));

    settings.read();
    settings.logLevel();

    assertThat(settings.problems())
        .containsExactly(
            "INJECT_LISTEN is \"8443\" and should be host:port, such as 0.0.0.0:8443",
            "INJECT_IMAGE is missing: the image to put into pods",
            "INJECT_REDIRECT_IMAGE is missing: the image to put into pods",
            "INJECT_MODE is \"strcit\" and should be strict or shared",
            "INJECT_CPU_LIMIT is \"much\" and should be a quantity such as 100m or 128Mi",
            "INJECT_LOG_LEVEL is \"loud\" and should be error, warn, info or debug");
  }
}

package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tokenbroker.testing.BrokerProcess;
import dev.tokenbroker.testing.MarkdownPage;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code dev --emulator} with nothing but the one jar. */
class DevEmulatorIT {

  private static final Map<String, String> PORTS =
      Map.of("BROKER_LISTEN", "127.0.0.1:0", "BROKER_ADMIN_LISTEN", "127.0.0.1:0");

  @TempDir private Path folder;

  /** What the guide tells people to type. */
  static List<String> lines() {
    return MarkdownPage.read(Path.of("../../docs/laptop.md")).blocks("sh DevEmulatorIT").stream()
        .flatMap(String::lines)
        .toList();
  }

  @BeforeEach
  void oneJarOutsideOfAPod() throws Exception {
    assumeTrue(!Files.exists(Path.of("/var/run/secrets/kubernetes.io")), "this is a pod");
    Files.copy(Path.of(System.getProperty("tools.jar")), folder.resolve("token-broker-tools.jar"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void theLinesOfTheGuideServe(String line) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", "exec " + line)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().putAll(PORTS);
    Process process = builder.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.lines().anyMatch(said -> said.contains("serving tokens on"))).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void itGivesTokensWithoutAzure() throws Exception {
    try (BrokerProcess dev = BrokerProcess.dev(PORTS, "--emulator", "--for", "java")) {
      HttpResponse<String> token =
          get(dev, "/metadata/identity/oauth2/token?resource=https://vault.azure.net");

      assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
      assertThat(token.body()).contains("\"access_token\":\"ey");
      assertThat(dev.printed())
          .contains("export IDENTITY_ENDPOINT='http://127.0.0.1:" + dev.listenPort())
          .contains("# What Entra's refusal looks like");
      assertThat(get(dev, "/status").body()).contains("\"source\":\"An emulated Entra");
    }
  }

  private static HttpResponse<String> get(BrokerProcess broker, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + broker.listenPort() + path))
                .header("Metadata", "true")
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}

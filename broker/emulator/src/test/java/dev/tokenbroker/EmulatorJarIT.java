package dev.tokenbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dev --emulator} with nothing but the two jars. */
class EmulatorJarIT {

  private static final Map<String, String> PORTS =
      Map.of("BROKER_LISTEN", "127.0.0.1:0", "BROKER_ADMIN_LISTEN", "127.0.0.1:0");

  @TempDir private Path folder;

  @Test
  void theJarBesideTheBrokersIsFoundAndGivesTokensWithoutAzure() throws Exception {
    assumeTrue(!Files.exists(Path.of("/var/run/secrets/kubernetes.io")), "this is a pod");
    Path broker = Path.of(System.getProperty("broker.jar"));
    Path beside = Files.copy(broker, folder.resolve("token-broker.jar"));
    Files.copy(
        Path.of(System.getProperty("emulator.jar")), folder.resolve("token-broker-emulator.jar"));
    System.setProperty("broker.jar", beside.toString());
    try (BrokerProcess dev = BrokerProcess.dev(PORTS, "--emulator", "--for", "java")) {
      HttpResponse<String> token =
          get(dev, "/metadata/identity/oauth2/token?resource=https://vault.azure.net");

      assertThat(token.statusCode()).as(token.body()).isEqualTo(200);
      assertThat(token.body()).contains("\"access_token\":\"ey");
      assertThat(dev.printed())
          .contains("export IDENTITY_ENDPOINT='http://127.0.0.1:" + dev.listenPort())
          .contains("# What Entra's refusal looks like");
      assertThat(get(dev, "/status").body()).contains("\"source\":\"An emulated Entra");
    } finally {
      System.setProperty("broker.jar", broker.toString());
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

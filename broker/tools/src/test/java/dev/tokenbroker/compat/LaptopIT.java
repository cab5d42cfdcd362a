package dev.tokenbroker.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.BrokerProcess;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code token-broker dev} with the real az, which is logged in at the emulated Entra. */
class LaptopIT {

  private static final String VAULT = "https://vault.azure.net";
  private static final Path CLIENTS = Path.of(System.getProperty("compat.clients"));
  private static final Path SCRIPT =
      Path.of("../sidecar/src/test/compat/az/laptop").toAbsolutePath();

  private final EmulatedPod pod = new EmulatedPod();
  private final Map<String, String> developer = new HashMap<>();
  @TempDir private Path home;

  @BeforeEach
  void install() throws Exception {
    assumeTrue(!Files.exists(CLIENTS.resolve("az.failed")), "az is not installed");
    assumeTrue(!Files.exists(Path.of("/var/run/secrets/kubernetes.io")), "this is a pod");
    developer.put("PATH", CLIENTS.resolve("az/bin") + ":" + System.getenv("PATH"));
    developer.put("HOME", home.toString());
    developer.put("AZURE_CONFIG_DIR", home.resolve("azure").toString());
    developer.put("AZURE_CORE_INSTANCE_DISCOVERY", "false");
    developer.put("AZURE_CORE_COLLECT_TELEMETRY", "false");
    developer.put("REQUESTS_CA_BUNDLE", pod.entra().caFile().toString());
    developer.put("BROKER_LISTEN", "127.0.0.1:0");
    developer.put("BROKER_ADMIN_LISTEN", "127.0.0.1:0");
  }

  @AfterEach
  void close() {
    pod.close();
  }

  @Test
  void anAppGetsTheTokenOfWhoeverIsLoggedInWithAz() throws Exception {
    login();
    try (BrokerProcess broker = BrokerProcess.dev(developer)) {
      HttpResponse<String> response = ask(broker, VAULT);

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonObject body = new JsonObject(response.body());
      JWTClaimsSet claims = SignedJWT.parse(body.getString("access_token")).getJWTClaimsSet();
      assertThat(claims.getAudience()).containsExactly(VAULT);
      assertThat(claims.getClaim("appid")).isEqualTo(EmulatedPod.APP.clientId());
      assertThat(Long.parseLong(body.getString("expires_on")))
          .isCloseTo(
              claims.getExpirationTime().toInstant().getEpochSecond(),
              org.assertj.core.data.Offset.offset(10L));
      assertThat(broker.log()).contains("tokens are those of " + EmulatedPod.APP.clientId());
    }
  }

  @Test
  void whatEntraRefusesIsSaidWithItsNumberAndAzsAdvice() throws Exception {
    login();
    pod.entra().forget("https://nowhere.example");
    try (BrokerProcess broker = BrokerProcess.dev(developer)) {
      HttpResponse<String> response = ask(broker, "https://nowhere.example");

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body())
          .contains("\"error\":\"invalid_resource\"")
          .contains("AADSTS500011")
          .contains("az login");
    }
  }

  @Test
  void anAzThatNobodyLoggedInSaysSoAndServesAfterTheLogin() throws Exception {
    try (BrokerProcess broker = BrokerProcess.dev(developer)) {
      HttpResponse<String> response = ask(broker, VAULT);
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body())
          .contains("\"error\":\"login_required\"")
          .contains("Run: az login");

      login();
      assertThat(ask(broker, "https://storage.azure.com/").statusCode()).isEqualTo(200);
    }
  }

  private void login() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(List.of(SCRIPT.toString()));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(pod.environment());
    environment.putAll(developer);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private static HttpResponse<String> ask(BrokerProcess broker, String resource) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + broker.listenPort()
                + "/metadata/identity/oauth2/token?resource="
                + resource);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).header("Metadata", "true").build(),
            HttpResponse.BodyHandlers.ofString());
  }
}

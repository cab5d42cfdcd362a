package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assembly.Running;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.exchange.LogCapture;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker on a developer's machine, over HTTP, with a script in az's place. */
class DeveloperTest {

  private static final String VAULT = "https://vault.azure.net";

  @TempDir private Path folder;
  private StubAz az;

  @BeforeEach
  void install() {
    az = new StubAz(folder);
    az.environment().put("BROKER_LISTEN", "127.0.0.1:0");
    az.environment().put("BROKER_ADMIN_LISTEN", "127.0.0.1:0");
  }

  @Test
  void anAppGetsTheDevelopersTokenAndAzIsAskedOnce() {
    long end = Instant.now().getEpochSecond() + 3600;
    az.does(StubAz.printing(end));
    try (Running broker = start()) {
      JsonObject body = new JsonObject(broker.ask("resource=" + VAULT).body());
      broker.token(VAULT);

      assertThat(body.getString("access_token")).isEqualTo(StubAz.TOKEN);
      assertThat(Long.parseLong(body.getString("expires_on"))).isBetween(end - 5, end);
      assertThat(az.tokenCalls())
          .containsExactly("account get-access-token --resource=" + VAULT + " --output json");
    }
  }

  @Test
  void callersWhoComeAtOnceShareOneRunOfAz() {
    az.does(behindAGate(tokenScript()));
    try (Running broker = start()) {
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, 20).mapToObj(i -> broker.askLater("resource=" + VAULT)).toList();
      Running.until("az runs", () -> !az.tokenCalls().isEmpty());
      assertThat(broker.admin("/livez").statusCode()).as("nothing is blocked").isEqualTo(200);
      openTheGate();

      assertThat(answers).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
      assertThat(az.tokenCalls()).hasSize(1);
    }
  }

  @Test
  void noMoreRunAtOnceThanAllowed() {
    az.environment().put("BROKER_MAX_EXCHANGES", "2");
    az.does(behindAGate(tokenScript()));
    try (Running broker = start()) {
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, 5).mapToObj(i -> broker.askLater("resource=api://app-" + i)).toList();
      Running.until("two run", () -> az.tokenCalls().size() == 2);
      assertThat(broker.admin("/livez").statusCode()).isEqualTo(200);
      assertThat(az.tokenCalls()).hasSize(2);
      openTheGate();

      assertThat(answers).allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
      assertThat(az.tokenCalls()).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id=aaaaaaaa-0000-0000-0000-00000000000a",
        "object_id=aaaaaaaa-0000-0000-0000-0000000000f0",
        "mi_res_id=/subscriptions/5/resourcegroups/rg/providers/x/y/app",
      })
  void whicheverIdentityARequestNamesIsTheDeveloper(String selector) {
    az.does(tokenScript());
    try (LogCapture log = new LogCapture();
        Running broker = start()) {
      broker.token(VAULT);
      assertThat(broker.ask("resource=" + VAULT + "&" + selector).statusCode()).isEqualTo(200);
      assertThat(broker.ask("resource=" + VAULT + "&" + selector).statusCode()).isEqualTo(200);

      assertThat(az.tokenCalls()).as("it is the same token").hasSize(1);
      assertThat(log.text().lines().filter(line -> line.contains("each of them is you")))
          .as("noted once")
          .hasSize(1);
    }
  }

  @Test
  void theTenantIsPassedOn() {
    az.does(tokenScript());
    try (Running broker = start(Optional.of("contoso.example"))) {
      broker.token(VAULT);

      assertThat(az.tokenCalls())
          .containsExactly(
              "account get-access-token --resource="
                  + VAULT
                  + " --output json --tenant=contoso.example");
    }
  }

  @Test
  void aLoggedOutAzIsAnErrorWithItsFixUntilSomebodyLogsIn() {
    az.complains("ERROR: Please run 'az login' to setup account.");
    try (Running broker = start()) {
      JsonObject body = refusal(broker, "resource=" + VAULT, 403);
      assertThat(body.getString("error")).isEqualTo("login_required");
      assertThat(body.getString("error_description")).contains("Run: az login");

      az.does(tokenScript());
      assertThat(broker.token("https://storage.azure.com/")).isEqualTo(StubAz.TOKEN);
    }
  }

  @Test
  void aMissingAzIsAnErrorThatSaysHowToGetIt() {
    az.isMissing();
    try (Running broker = start()) {
      JsonObject body = refusal(broker, "resource=" + VAULT, 403);
      assertThat(body.getString("error")).isEqualTo("az_not_found");
      assertThat(body.getString("error_description"))
          .contains("not on the PATH")
          .contains("https://aka.ms/azure-cli");
    }
  }

  @Test
  void anAzThatHangsIsEndedWithAllThatItStarted() {
    az.environment().put("BROKER_EXCHANGE_TIMEOUT", "300ms");
    az.does("sleep 600 &\necho $! > '" + folder + "/child'\nwait");
    try (Running broker = start()) {
      JsonObject body = refusal(broker, "resource=" + VAULT, 503);
      assertThat(body.getString("error_description")).contains("az did not answer");
      Running.until("the child is gone", () -> !isAlive(folder.resolve("child")));
    }
  }

  @Test
  void garbageIsNotATokenAndIsNotShown() {
    az.does("echo '{\"accessToken\":\"" + StubAz.TOKEN + "\",\"expires_on\":\"?\"}'");
    try (LogCapture log = new LogCapture();
        Running broker = start()) {
      JsonObject body = refusal(broker, "resource=" + VAULT, 503);

      assertThat(body.getString("error_description")).contains("printed no token");
      assertThat(body.encode() + log.text()).doesNotContain(StubAz.TOKEN);
    }
  }

  @Test
  void nothingThatAShellWouldReadReachesAz() {
    az.does(tokenScript());
    try (Running broker = start()) {
      JsonObject body = refusal(broker, "resource=https://x%22%26calc%26", 403);

      assertThat(body.getString("error")).isEqualTo("invalid_resource");
      assertThat(az.tokenCalls()).isEmpty();
    }
  }

  @Test
  void azIsNeverLedBackToTheBroker() {
    az.environment().put("IDENTITY_ENDPOINT", "http://127.0.0.1:16925/msi/token");
    az.environment().put("OWN", "kept");
    az.does("env > '" + folder + "/seen'\n" + tokenScript());
    try (Running broker = start()) {
      broker.token(VAULT);

      assertThat(folder.resolve("seen"))
          .content()
          .contains("OWN=kept")
          .doesNotContain("IDENTITY_ENDPOINT");
    }
  }

  @Test
  void itIsReadyWithoutATokenFileAndSaysWhoseTokensItGives() {
    az.does("echo '{\"user\":{\"name\":\"alice@contoso.example\"},\"tenantId\":\"t-1\"}'");
    try (LogCapture log = new LogCapture();
        Running broker = start()) {
      assertThat(broker.admin("/readyz").statusCode()).isEqualTo(200);
      Running.until(
          "it says so",
          () -> log.text().contains("tokens are those of alice@contoso.example, tenant t-1"));
    }
  }

  @Test
  void theStatusSaysWhoseTokensTheyAreAndShowsNoTokenOfAPod() {
    try (Running broker = start(Optional.of("contoso.example"))) {
      JsonObject status = new JsonObject(broker.get("/status").body());

      assertThat(status.getString("source"))
          .contains("Your own az login")
          .contains("contoso.example");
      assertThat(status.containsKey("federatedToken")).isFalse();
      assertThat(status.getJsonObject("upstream").getString("authority"))
          .as("az knows its cloud, the broker does not")
          .isEmpty();
    }
  }

  @Test
  void itNeverListensToOtherMachines() {
    az.environment().put("BROKER_ALLOW_REMOTE_PEERS", "true");

    ConfigResult result = DeveloperConfig.load(az.environment(), Optional.empty());

    assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
    assertThat(result.toString()).contains("BROKER_ALLOW_REMOTE_PEERS").contains("your own");
  }

  private static JsonObject refusal(Running broker, String query, int status) {
    HttpResponse<String> response = broker.ask(query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonObject body = new JsonObject(response.body());
    assertThat(body.getInteger("statusCode")).isEqualTo(status);
    assertThat(body.getString("message")).isEqualTo(body.getString("error_description"));
    return body;
  }

  private Running start() {
    return start(Optional.empty());
  }

  private Running start(Optional<String> tenant) {
    Map<String, String> environment = Map.copyOf(az.environment());
    ConfigResult result = DeveloperConfig.load(environment, tenant);
    if (result instanceof ConfigResult.Loaded loaded) {
      return new Running(loaded.config(), new AzOrigin(environment, tenant));
    }
    throw new AssertionError(result.toString());
  }

  private static String tokenScript() {
    return StubAz.printing(Instant.now().getEpochSecond() + 3600);
  }

  /** Only tokens wait: the broker also asks whose they are. */
  private String behindAGate(String script) {
    return "case $2 in get-*) while [ ! -e '"
        + folder.resolve("gate")
        + "' ]; do sleep 0.1; done;; esac\n"
        + script;
  }

  private void openTheGate() {
    try {
      Files.createFile(folder.resolve("gate"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isAlive(Path pidFile) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
          .map(ProcessHandle::isAlive)
          .orElse(false);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

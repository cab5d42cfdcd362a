package dev.tokenbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.testing.BrokerProcess;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code java -jar token-broker.jar}, as it is shipped. */
class PackagedBrokerIT {

  private static final String VAULT = "https://vault.azure.net";

  private static EmulatedPod pod;

  @BeforeAll
  static void startEntra() {
    pod = new EmulatedPod();
  }

  @AfterAll
  static void stopEntra() {
    pod.close();
  }

  /** The Java of the build, and the one that JAVA25_HOME names. */
  static Stream<Path> javas() {
    Optional<Path> newest =
        Optional.ofNullable(System.getenv("JAVA25_HOME")).map(home -> Path.of(home, "bin", "java"));
    return Stream.concat(Stream.of(BrokerProcess.thisJava()), newest.stream());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void itServesATokenAndASignalEndsItWithZero(Path java) throws Exception {
    try (BrokerProcess broker = BrokerProcess.serve(java, pod.environment())) {
      String uri =
          "http://127.0.0.1:%d/metadata/identity/oauth2/token?resource=%s"
              .formatted(broker.listenPort(), VAULT);
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(uri))
                      .header("Metadata", "true")
                      .timeout(Duration.ofSeconds(20))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(new JsonObject(response.body()).getString("access_token")).startsWith("eyJ");
      assertThat(broker.terminate()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("javas")
  void oneTokenIsPrintedByTheCommandLine(Path java) {
    BrokerProcess.Ended raw =
        BrokerProcess.run(java, pod.environment(), "token", "--resource", VAULT, "--output", "raw");

    assertThat(raw.out()).startsWith("eyJ").endsWith("\n");
    assertThat(raw.err()).isEmpty();
    assertThat(raw.exitCode()).isZero();
  }

  @Test
  void aRefusalGoesToStandardErrorWithItsCauseAndExitsWithOne() {
    BrokerProcess.Ended refused =
        BrokerProcess.run(
            BrokerProcess.thisJava(),
            pod.environment(),
            "token",
            "--resource",
            VAULT,
            "--client-id",
            "cccccccc-0000-0000-0000-00000000000c");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("AADSTS700016").contains("AZURE_CLIENT_ID");
  }

  @Test
  void evenAtDebugLevelHalfATokenInABrokenAnswerIsNotPrinted() {
    pod.entra().faults().all(Fault.truncated());
    Map<String, String> environment = new HashMap<>(pod.environment());
    environment.put("BROKER_LOG_LEVEL", "debug");
    try {
      BrokerProcess.Ended broken =
          BrokerProcess.run(BrokerProcess.thisJava(), environment, "token", "--resource", VAULT);

      assertThat(broken.exitCode()).isEqualTo(1);
      assertThat(broken.err()).contains("without a usable token");
      assertThat(broken.out() + broken.err()).doesNotContain(Fault.HALF_A_TOKEN);
    } finally {
      pod.entra().faults().clear();
    }
  }

  @Test
  void everyProblemOfTheConfigurationIsListedAndItExitsWithTwo() {
    BrokerProcess.Ended wrong =
        BrokerProcess.run(
            BrokerProcess.thisJava(),
            Map.of("AZURE_CLIENT_ID", "nonsense", "BROKER_LISTNE", "x", "BROKER_MAX_KEYS", "-1"));

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("AZURE_CLIENT_ID")
        .contains("BROKER_LISTNE")
        .contains("BROKER_MAX_KEYS")
        .contains("AZURE_FEDERATED_TOKEN_FILE");
  }

  @Test
  void servingLoadsNothingOfTheOtherSubcommands(@TempDir Path folder) throws Exception {
    Path loaded = folder.resolve("classes");
    Map<String, String> environment = new HashMap<>(pod.environment());
    environment.put("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);

    try (BrokerProcess broker = BrokerProcess.serve(BrokerProcess.thisJava(), environment)) {
      assertThat(broker.terminate()).isZero();
    }

    assertThat(Files.readString(loaded))
        .contains("dev.tokenbroker.cli.ServeCommand ")
        .doesNotContain(
            "picocli.", "dev.tokenbroker.migrate.", "dev.tokenbroker.tools.MigrateCommand");
  }

  @Test
  void aMisusedCommandLineExitsWithTwo() {
    BrokerProcess.Ended wrong = BrokerProcess.run(BrokerProcess.thisJava(), Map.of(), "tokne");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("token");
  }
}

package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tokenbroker.testing.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code token-broker dev} as the packaged program. */
class DevIT {

  private static final String PORTS = "127.0.0.1:0";

  @TempDir private Path folder;
  private StubAz az;
  private Map<String, String> environment;

  @BeforeEach
  void outsideOfAPod() {
    assumeTrue(!Files.exists(Path.of("/var/run/secrets/kubernetes.io")), "this is a pod");
    az = new StubAz(folder);
    environment = new HashMap<>(az.environment());
    environment.put("BROKER_LISTEN", PORTS);
    environment.put("BROKER_ADMIN_LISTEN", PORTS);
  }

  @Test
  void theLinesItPrintsLeadAnAppToTheDevelopersToken() throws Exception {
    az.does(StubAz.printing(Instant.now().getEpochSecond() + 3600));
    try (BrokerProcess broker = BrokerProcess.dev(environment)) {
      String app =
          broker.printed()
              + "curl -s -H \"X-IDENTITY-HEADER: $IDENTITY_HEADER\""
              + " \"$IDENTITY_ENDPOINT?api-version=2019-08-01&resource=https://vault.azure.net\"\n";
      Process shell = new ProcessBuilder("sh", "-euc", app).start();

      String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor()).isZero();
      assertThat(said.split("access_token", -1)).as("the example and the app: " + said).hasSize(3);
      assertThat(said).contains(StubAz.TOKEN);
      assertThat(broker.log()).contains("tokens of your az login").doesNotContain(StubAz.TOKEN);
    }
  }

  @Test
  void aPodHasAnIdentityOfItsOwn() {
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");

    BrokerProcess.Ended ended = BrokerProcess.run(BrokerProcess.thisJava(), environment, "dev");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("this is a Kubernetes pod (KUBERNETES_SERVICE_HOST is set)")
        .contains("token-broker serve");
  }
}

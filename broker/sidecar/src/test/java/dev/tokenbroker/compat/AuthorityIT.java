package dev.tokenbroker.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that bring the federated token themselves, beside the broker and through it. */
class AuthorityIT {

  private static final String VAULT = "https://vault.azure.net";
  private static final Path CLIENTS = Path.of(System.getProperty("compat.clients"));
  private static final Path SOURCES = Path.of("src/test/compat").toAbsolutePath();
  private static final String STRAIGHT = "";
  private static final AuthorityReport REPORT = new AuthorityReport();

  @TempDir private Path azFolder;
  private AuthorityRig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new AuthorityRig();
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  @AfterAll
  static void report() throws IOException {
    REPORT.write(Path.of(System.getProperty("compat.report")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"az, azure-cli 2.91", "az-old, azure-cli 2.45"})
  void azLogsInStraightAtEntraWithTheBrokerBesideIt(String az, String name) throws Exception {
    ClientProcess.Ended login = az(az, "login", STRAIGHT);
    assertThat(login.exitCode()).as(login.err()).isZero();
    checkToken(az(az, "token", STRAIGHT, VAULT));

    REPORT.straight(name);
  }

  /** Those before 2.54 ask login.microsoftonline.com whether there is such an authority. */
  @Test
  void azOutlivesItsAssertionByTheBroker() throws Exception {
    String throughTheBroker = rig.env("az-federated", "shell");
    ClientProcess.Ended login = az("az", "login", throughTheBroker);
    assertThat(login.exitCode()).as(login.err()).isZero();
    rig.clock.advance(Duration.ofHours(2));
    rig.pod.rotate();
    rig.restart();

    checkToken(az("az", "token", throughTheBroker, VAULT));
    REPORT.through("azure-cli 2.91", "works, outlives its assertion and a restart of the broker");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"az, azure-cli 2.91", "az-old, azure-cli 2.45"})
  void withoutTheBrokerTheSameScriptFailsOnceItsAssertionHasExpired(String az, String name)
      throws Exception {
    assertThat(az(az, "login", STRAIGHT).exitCode()).isZero();
    rig.clock.advance(Duration.ofHours(2));
    rig.pod.rotate();

    ClientProcess.Ended ended = az(az, "token", STRAIGHT, VAULT);

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.err()).contains("AADSTS700024");
  }

  @Test
  void azSaysWhatTheBrokerSaysWithoutATraceback() throws Exception {
    rig.pod.entra().distrust(EmulatedPod.APP.clientId());

    ClientProcess.Ended ended = az("az", "login", rig.env("az-federated", "shell"));

    assertThat(ended.exitCode()).isNotZero();
    assertThat(ended.err()).contains("AADSTS70021").doesNotContain("Traceback");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Python azure-identity 1.27 | python | {clients}/python/bin/python {src}/python/client.py",
        "JavaScript @azure/identity 4.13 | node | node {clients}/node/client.js",
        "Go azidentity 1.15 | go | {clients}/go/client",
        "Java azure-identity 1.18 | | {java} -cp {classpath} dev.tokenbroker.clients.WorkloadIdentityApp"
      })
  void workloadIdentityCredentialsGetTokens(String name, String installed, String command)
      throws Exception {
    if (installed != null) {
      requireInstalled(installed);
    }
    List<String> line = command(command);
    if (installed != null) {
      line.add("workload-identity");
    }
    line.add(VAULT);

    checkToken(ClientProcess.start(line, rig.app("workload-identity")).await());
    REPORT.through(
        name + ", WorkloadIdentityCredential", "works, with instance discovery disabled");
  }

  @Test
  void twentyProcessesCauseOneExchange() throws Exception {
    requireInstalled("go");
    Map<String, String> variables = rig.app("workload-identity");
    List<ClientProcess> processes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<String> line = command("{clients}/go/client workload-identity");
      line.add(VAULT);
      processes.add(ClientProcess.start(line, variables));
    }

    for (ClientProcess process : processes) {
      checkToken(process.await());
    }
    assertThat(rig.pod.entra().exchanges()).hasSize(1);
  }

  private ClientProcess.Ended az(String az, String step, String lead, String... more)
      throws Exception {
    requireInstalled(az);
    List<String> line = new ArrayList<>(List.of(SOURCES.resolve("az/federated").toString(), step));
    line.addAll(List.of(more));
    Map<String, String> variables = rig.withoutBroker();
    variables.put("AZ", CLIENTS.resolve(az + "/bin/az").toString());
    variables.put("AZURE_CONFIG_DIR", azFolder.toString());
    variables.put("LEAD", lead);
    return ClientProcess.start(line, variables).await();
  }

  private static void requireInstalled(String client) throws IOException {
    Path failed = CLIENTS.resolve(client + ".failed");
    assumeTrue(!Files.exists(failed), client + " is not installed");
  }

  private static List<String> command(String template) {
    List<String> words = new ArrayList<>();
    for (String word : template.split(" ", -1)) {
      words.add(
          word.replace("{clients}", CLIENTS.toString())
              .replace("{src}", SOURCES.toString())
              .replace("{java}", BrokerProcess.thisJava().toString())
              .replace("{classpath}", System.getProperty("java.class.path")));
    }
    return words;
  }

  private static void checkToken(ClientProcess.Ended ended) throws Exception {
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
    String token = ended.lastLine();
    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience()).containsExactly(VAULT);
    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaim("appid"))
        .isEqualTo(EmulatedPod.APP.clientId());
  }
}

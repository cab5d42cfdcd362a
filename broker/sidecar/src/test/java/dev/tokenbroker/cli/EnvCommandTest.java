package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvCommandTest {

  private static final String SECRET = "s3cret-of-it's-own";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource(EnvClient.class)
  void noVariableIsEmptyOrMakesAClientThinkItRunsElsewhere(EnvClient client) {
    Map<String, String> variables =
        client.variables(
            new EnvClient.BrokerAddress(
                "http://127.0.0.1:16925",
                "s",
                "https://localhost:16927",
                Optional.of(Path.of("/run/ca/ca.pem"))),
            VariablePair.ALL);

    assertThat(variables).doesNotContainKeys("IMDS_ENDPOINT", "IDENTITY_SERVER_THUMBPRINT");
    assertThat(variables.values()).noneMatch(String::isBlank);
    assertThat(variables.containsKey("IDENTITY_ENDPOINT"))
        .as("the endpoint never comes without its header")
        .isEqualTo(variables.containsKey("IDENTITY_HEADER"));
    assertThat(variables).containsKeys("NO_PROXY", "no_proxy");
  }

  @Test
  void theShellGetsExportsThatSurviveAQuote() {
    run(EnvClient.PYTHON, EnvCommand.Output.SHELL, Map.of("BROKER_IDENTITY_HEADER", SECRET));

    assertThat(out.toString(UTF_8))
        .contains("export IDENTITY_ENDPOINT='http://127.0.0.1:16925/msi/token'\n")
        .contains("export IDENTITY_HEADER='s3cret-of-it'\\''s-own'\n");
  }

  @Test
  void yamlRefersToASecretInsteadOfHoldingIt() {
    run(EnvClient.ALL, EnvCommand.Output.YAML, Map.of("BROKER_IDENTITY_HEADER", SECRET));

    assertThat(out.toString(UTF_8))
        .contains("  - name: IDENTITY_HEADER\n    valueFrom:\n      secretKeyRef:\n")
        .doesNotContain(SECRET);
  }

  @Test
  void yamlTakesAnyValueAsItIs() {
    String text =
        EnvText.of(
            EnvCommand.Output.YAML, Map.of("A", "say \"x\" \\ y\n- name: B"), List.of(), false);

    assertThat(text)
        .isEqualTo("env:\n  - name: A\n    value: \"say \\\"x\\\" \\\\ y\\n- name: B\"\n");
  }

  @Test
  void aSecretThatTheBrokerWouldRejectIsAUsageErrorAndNotShown() {
    ExitCode code =
        new EnvCommand(terminal(Map.of("BROKER_IDENTITY_HEADER", "short")))
            .print(EnvClient.GO, VariablePair.ALL, EnvCommand.Output.SHELL, Optional.empty());

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("8 to 256").doesNotContain("short");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void withoutASecretAFixedValueIsShown() {
    run(EnvClient.ALL, EnvCommand.Output.JSON, Map.of());

    JsonObject json = new JsonObject(out.toString(UTF_8));
    assertThat(json.getString("IDENTITY_HEADER")).isEqualTo("token-broker");
  }

  /** With the MSI pair, clients fail that find the broker without it. */
  @Test
  void byDefaultNothingIsPrintedThatHarmsAnyClient() {
    run(EnvClient.ALL, EnvCommand.Output.JSON, Map.of());

    assertThat(new JsonObject(out.toString(UTF_8)).fieldNames())
        .containsExactly(
            "IDENTITY_ENDPOINT",
            "IDENTITY_HEADER",
            "AZURE_POD_IDENTITY_AUTHORITY_HOST",
            "NO_PROXY",
            "no_proxy");
  }

  @Test
  void theOlderPairIsPrintedForThoseWhoAskForIt() {
    run(EnvClient.GO, VariablePair.MSI, EnvCommand.Output.JSON, Map.of());
    assertThat(new JsonObject(out.toString(UTF_8)).fieldNames())
        .containsExactly("MSI_ENDPOINT", "MSI_SECRET", "NO_PROXY", "no_proxy");

    out.reset();
    run(EnvClient.PYTHON, VariablePair.ALL, EnvCommand.Output.JSON, Map.of());
    assertThat(new JsonObject(out.toString(UTF_8)).fieldNames())
        .contains("IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET");
  }

  @Test
  void terraformGetsTheProvidersVariablesAndTheBackendsPair() {
    run(EnvClient.TERRAFORM, EnvCommand.Output.JSON, Map.of());

    JsonObject json = new JsonObject(out.toString(UTF_8));
    assertThat(json.getString("ARM_MSI_ENDPOINT"))
        .isEqualTo("http://127.0.0.1:16925/metadata/identity/oauth2/token");
    assertThat(json.fieldNames())
        .contains("IDENTITY_ENDPOINT", "IDENTITY_HEADER")
        .doesNotContain("MSI_ENDPOINT");
  }

  @Test
  void theAddressIsThatOfTheBrokersSettingsAsAnAppOfThePodSeesIt() {
    run(EnvClient.GO, EnvCommand.Output.SHELL, Map.of("BROKER_LISTEN", "0.0.0.0:8080"));

    assertThat(out.toString(UTF_8)).contains("IDENTITY_ENDPOINT='http://127.0.0.1:8080/msi/token'");
  }

  @Test
  void azLearnsOfTheAuthorityByACommandAndTrustsItByTheBundle() {
    run(
        EnvClient.AZ_FEDERATED,
        EnvCommand.Output.SHELL,
        Map.of("BROKER_AUTHORITY_LISTEN", "127.0.0.1:7", "BROKER_AUTHORITY_CA_FILE", "/x/ca.pem"));

    assertThat(out.toString(UTF_8))
        .contains("export REQUESTS_CA_BUNDLE='/x/bundle.pem'\n")
        .contains("export AZURE_CORE_INSTANCE_DISCOVERY='false'\n")
        .endsWith(
            "\naz cloud update --endpoint-active-directory https://localhost:7 --output none\n");
  }

  @Test
  void commandsAreACommentInYamlAndAnArrayInJson() {
    run(EnvClient.AZ_FEDERATED, EnvCommand.Output.YAML, Map.of());
    assertThat(out.toString(UTF_8)).contains("\n#   az cloud update ");

    out.reset();
    run(EnvClient.AZ_FEDERATED, EnvCommand.Output.JSON, Map.of());
    assertThat(new JsonObject(out.toString(UTF_8)).getJsonArray("commands")).hasSize(1);
  }

  @Test
  void sdksTrustTheAuthorityInEachLanguage() {
    run(EnvClient.WORKLOAD_IDENTITY, EnvCommand.Output.JSON, Map.of());

    JsonObject json = new JsonObject(out.toString(UTF_8));
    assertThat(json.getString("AZURE_AUTHORITY_HOST")).isEqualTo("https://localhost:16927/");
    assertThat(json.getString("NODE_EXTRA_CA_CERTS")).isEqualTo("/run/token-broker/ca/ca.pem");
    assertThat(json.getString("SSL_CERT_FILE"))
        .isEqualTo(json.getString("REQUESTS_CA_BUNDLE"))
        .isEqualTo("/run/token-broker/ca/bundle.pem");
    assertThat(json.getString("JAVA_TOOL_OPTIONS")).contains("/run/token-broker/ca/truststore.p12");
    assertThat(json.fieldNames()).doesNotContain("commands", "IDENTITY_ENDPOINT");
  }

  @Test
  void aCertificateOfTheOperatorNeedsNoTrustOfOurs() {
    run(
        EnvClient.WORKLOAD_IDENTITY,
        EnvCommand.Output.JSON,
        Map.of("BROKER_AUTHORITY_CERT_FILE", "/tls/tls.crt"));

    assertThat(new JsonObject(out.toString(UTF_8)).fieldNames())
        .contains("AZURE_AUTHORITY_HOST")
        .doesNotContain("REQUESTS_CA_BUNDLE", "JAVA_TOOL_OPTIONS");
  }

  @Test
  void aWrongAddressIsAUsageError() {
    ExitCode code =
        new EnvCommand(terminal(Map.of("BROKER_LISTEN", "nonsense")))
            .print(EnvClient.GO, VariablePair.IDENTITY, EnvCommand.Output.SHELL, Optional.empty());

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("host:port");
  }

  private void run(EnvClient client, EnvCommand.Output output, Map<String, String> environment) {
    run(client, VariablePair.IDENTITY, output, environment);
  }

  private void run(
      EnvClient client,
      VariablePair pair,
      EnvCommand.Output output,
      Map<String, String> environment) {
    ExitCode code =
        new EnvCommand(terminal(environment)).print(client, pair, output, Optional.empty());
    assertThat(code).isEqualTo(ExitCode.OK);
  }

  private Terminal terminal(Map<String, String> environment) {
    return new Terminal(
        environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }
}

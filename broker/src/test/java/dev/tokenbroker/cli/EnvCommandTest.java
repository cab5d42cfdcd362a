package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.Command.EnvOutput;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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
  @EnumSource(AppClient.class)
  void noVariableIsEmptyOrMakesAClientThinkItRunsElsewhere(AppClient client) {
    Map<String, String> variables = client.variables("http://127.0.0.1:16925", "s");

    assertThat(variables).doesNotContainKeys("IMDS_ENDPOINT", "IDENTITY_SERVER_THUMBPRINT");
    assertThat(variables.values()).noneMatch(String::isBlank);
    assertThat(variables.containsKey("IDENTITY_ENDPOINT"))
        .as("the endpoint never comes without its header")
        .isEqualTo(variables.containsKey("IDENTITY_HEADER"));
    assertThat(variables).containsKeys("NO_PROXY", "no_proxy");
  }

  @Test
  void theShellGetsExportsThatSurviveAQuote() {
    run(AppClient.PYTHON, EnvOutput.SHELL, Map.of("BROKER_IDENTITY_HEADER", SECRET));

    assertThat(out.toString(UTF_8))
        .contains("export IDENTITY_ENDPOINT='http://127.0.0.1:16925/msi/token'\n")
        .contains("export IDENTITY_HEADER='s3cret-of-it'\\''s-own'\n");
  }

  @Test
  void yamlRefersToASecretInsteadOfHoldingIt() {
    run(AppClient.ALL, EnvOutput.YAML, Map.of("BROKER_IDENTITY_HEADER", SECRET));

    assertThat(out.toString(UTF_8))
        .contains("  - name: IDENTITY_HEADER\n    valueFrom:\n      secretKeyRef:\n")
        .doesNotContain(SECRET);
  }

  @Test
  void withoutASecretAFixedValueIsShown() {
    run(AppClient.ALL, EnvOutput.JSON, Map.of());

    JsonObject json = new JsonObject(out.toString(UTF_8));
    assertThat(json.getString("IDENTITY_HEADER")).isEqualTo("token-broker");
    assertThat(json.getString("ARM_MSI_ENDPOINT"))
        .isEqualTo("http://127.0.0.1:16925/metadata/identity/oauth2/token");
  }

  @Test
  void theAddressIsThatOfTheBrokersSettingsAsAnAppOfThePodSeesIt() {
    run(AppClient.GO, EnvOutput.SHELL, Map.of("BROKER_LISTEN", "0.0.0.0:8080"));

    assertThat(out.toString(UTF_8)).contains("MSI_ENDPOINT='http://127.0.0.1:8080/msi/token'");
  }

  @Test
  void aWrongAddressIsAUsageError() {
    ExitCode code =
        new EnvCommand(terminal(Map.of("BROKER_LISTEN", "nonsense")))
            .run(new Command.Env(AppClient.GO, EnvOutput.SHELL, Optional.empty()));

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(UTF_8)).contains("host:port");
  }

  private void run(AppClient client, EnvOutput output, Map<String, String> environment) {
    ExitCode code =
        new EnvCommand(terminal(environment))
            .run(new Command.Env(client, output, Optional.empty()));
    assertThat(code).isEqualTo(ExitCode.OK);
  }

  private Terminal terminal(Map<String, String> environment) {
    return new Terminal(
        environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }
}

package dev.tokenbroker.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.migrate.AzureIdentity.ResourceId;
import dev.tokenbroker.migrate.Credentials.CredentialPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script is run by bash, beside an az that keeps credentials in a file for each identity. */
class AzScriptTest {

  private static final String AZ =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      echo "$*" >>"$STATE/calls"
      while [ $# -gt 0 ]; do
        case $1 in
          list | create) verb=$1 ;;
          --identity-name) identity=$2 ;;
          --name) name=$2 ;;
          --issuer) issuer=$2 ;;
          --subject) subject=$2 ;;
        esac
        shift
      done
      if [ "$identity" = forbidden ]; then
        echo "(AuthorizationFailed)" >&2
        exit 1
      fi
      touch "$STATE/$identity"
      if [ "$verb" = list ]; then
        cat "$STATE/$identity"
      else
        printf '%s\\t%s\\t%s\\n' "$name" "$issuer" "$subject" >>"$STATE/$identity"
      fi
      """;

  @TempDir private Path state;

  record Ended(int code, String out, String err) {}

  @BeforeEach
  void installAz() throws IOException {
    Path az = Files.writeString(state.resolve("az"), AZ);
    assertThat(az.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void everyCredentialIsCreatedOnceHoweverOftenItRuns() throws Exception {
    String script = script(Optional.of("https://oidc/"), "orders", "reports");

    Ended first = run(script, Map.of());
    Ended second = run(script, Map.of());

    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("created   orders: system:serviceaccount:shop:till");
    assertThat(second.code()).isZero();
    assertThat(second.out()).contains("there     orders: system:serviceaccount:shop:till");
    assertThat(calls("create"))
        .hasSize(4)
        .first()
        .asString()
        .isEqualTo(
            "identity federated-credential create"
                + " --subscription 11111111-1111-4111-8111-111111111111 --resource-group rg"
                + " --identity-name orders --name token-broker-shop_stock --issuer https://oidc/"
                + " --subject system:serviceaccount:shop:stock --audiences api://aud"
                + " --output none");
  }

  @Test
  void aCredentialThatSomebodyMadeByHandIsKept() throws Exception {
    Files.writeString(
        state.resolve("orders"), "mine\thttps://oidc/\tsystem:serviceaccount:shop:till\n");

    assertThat(run(script(Optional.of("https://oidc/"), "orders"), Map.of()).code()).isZero();
    assertThat(calls("create")).hasSize(1);
  }

  @Test
  void aCredentialOfAnotherClusterIsNotOverwritten() throws Exception {
    run(script(Optional.of("https://blue/"), "orders"), Map.of());
    String green = script(Optional.of("https://green/"), "orders");

    Ended clash = run(green, Map.of());
    Ended prefixed = run(green, Map.of("PREFIX", "green"));

    assertThat(clash.code()).isEqualTo(1);
    assertThat(clash.err()).contains("with another issuer or subject; set PREFIX");
    assertThat(prefixed.code()).isZero();
    assertThat(Files.readString(state.resolve("orders")))
        .contains("token-broker-shop_till\thttps://blue/")
        .contains("green-shop_till\thttps://green/");
  }

  @Test
  void oneFailureDoesNotKeepTheOthersFromBeingCreatedButIsTold() throws Exception {
    Ended ended = run(script(Optional.of("https://oidc/"), "forbidden", "orders"), Map.of());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("AuthorizationFailed").contains("run this again");
    assertThat(calls("create")).hasSize(2);
  }

  @Test
  void anIssuerThatWasNotGivenIsAskedFor() throws Exception {
    String script = script(Optional.empty(), "orders");

    Ended without = run(script, Map.of());

    assertThat(without.code()).isNotZero();
    assertThat(without.err()).contains("ISSUER");
    assertThat(state.resolve("calls")).doesNotExist();
    assertThat(run(script, Map.of("ISSUER", "https://oidc/")).code()).isZero();
  }

  private static String script(Optional<String> issuer, String... identities) {
    TreeSet<CredentialPlan> credentials = new TreeSet<>();
    for (String identity : identities) {
      ResourceId id = new ResourceId("11111111-1111-4111-8111-111111111111", "rg", identity);
      credentials.add(new CredentialPlan(id, new Account("shop", "till")));
      credentials.add(new CredentialPlan(id, new Account("shop", "stock")));
    }
    return AzScript.of(credentials, issuer, "api://aud");
  }

  private List<String> calls(String verb) throws IOException {
    return Files.readAllLines(state.resolve("calls")).stream()
        .filter(call -> call.contains(" " + verb + " "))
        .toList();
  }

  private Ended run(String script, Map<String, String> environment) throws Exception {
    Path file = Files.writeString(state.resolve("script"), script);
    ProcessBuilder bash = new ProcessBuilder("bash", file.toString());
    bash.environment().putAll(environment);
    bash.environment().put("STATE", state.toString());
    bash.environment().merge("PATH", state.toString(), (path, ours) -> ours + ":" + path);
    bash.redirectOutput(state.resolve("out").toFile());
    bash.redirectError(state.resolve("err").toFile());
    int code = bash.start().waitFor();
    return new Ended(
        code,
        Files.readString(state.resolve("out"), UTF_8),
        Files.readString(state.resolve("err"), UTF_8));
  }
}

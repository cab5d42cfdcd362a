package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.logging.Logging;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.doctor.EntraAccess;
import dev.tokenbroker.exchange.ConnectionProblem;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

  private static final String CLIENT = "aaaaaaaa-0000-4000-8000-00000000000a";
  private static final Instant NOW = Instant.parse("2026-11-24T08:25:00Z");
  private static final AccessToken TOKEN =
      new AccessToken("e'y\"J", NOW.minusSeconds(100), NOW.plusSeconds(3499), Optional.empty());

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "AZURE_CLIENT_ID", CLIENT,
              "AZURE_TENANT_ID", "contoso.example",
              "AZURE_FEDERATED_TOKEN_FILE", "/token"));
  private final List<Runnable> onSignal = new ArrayList<>();
  private final List<String> fetched = new ArrayList<>();
  private OutputStream stdout = out;
  private BrokerStarter starter = config -> Future.succeededFuture(new FakeBroker());
  private TokenFetcher fetcher =
      (config, clientId, resource) -> {
        fetched.add(clientId.orElse("default") + " " + resource);
        return TOKEN;
      };
  private int drained;

  @AfterEach
  void logsAsBefore() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  @Test
  void tokenPrintsTheBodyOfImdsOnOneLine() {
    assertThat(run("token", "--resource", "https://a/\"x")).contains(ExitCode.OK);

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "{\"access_token\":\"e'y\\\"J\",\"client_id\":\""
                + CLIENT
                + "\",\"expires_in\":\"3499\","
                + "\"expires_on\":\"1795512199\",\"ext_expires_in\":\"3499\","
                + "\"not_before\":\"1795508600\",\"resource\":\"https://a/\\\"x\","
                + "\"token_type\":\"Bearer\"}\n");
    assertThat(err()).isEmpty();
    assertThat(fetched).containsExactly("default https://a/\"x");
  }

  @Test
  void tokenPrintsTheStructureThatAnOdbcDriverTakes() {
    assertThat(run("token", "--resource", "r", "--output", "odbc")).contains(ExitCode.OK);

    assertThat(out.toByteArray())
        .containsExactly(10, 0, 0, 0, 'e', 0, '\'', 0, 'y', 0, '"', 0, 'J', 0);
  }

  @Test
  void tokenPrintsTheTokenAlone() {
    assertThat(run("token", "--resource", "r", "--output", "raw")).contains(ExitCode.OK);

    assertThat(out.toString(UTF_8)).isEqualTo("e'y\"J\n");
  }

  @Test
  void tokenPrintsLinesThatAShellReadsBackUnchanged() throws Exception {
    run("token", "--resource", "r", "--output", "env");

    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                out.toString(UTF_8)
                    + "\nprintf '%s|' \"$ACCESS_TOKEN\" \"$ACCESS_TOKEN_EXPIRES_ON\" \"$ACCESS_TOKEN_EXPIRES_AT\"")
            .start();

    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("e'y\"J|1795512199|2026-11-24T09:23:19Z|");
  }

  @Test
  void tokenAsksForTheIdentityNamed() {
    String other = "bbbbbbbb-0000-4000-8000-00000000000b";

    run("token", "--resource", "r", "--client-id", other);

    assertThat(fetched).containsExactly(other + " r");
    assertThat(out.toString(UTF_8)).contains("\"client_id\":\"" + other + "\"");
  }

  @Test
  void tokenWithoutAnyIdentityIsWrongUsage() {
    environment.remove("AZURE_CLIENT_ID");

    assertThat(run("token", "--resource", "r")).contains(ExitCode.USAGE);
    assertThat(err()).contains("--client-id is needed");
    assertThat(fetched).isEmpty();
  }

  @Test
  void aRefusalGoesToStandardErrorWithHintAndCorrelationId() {
    fetcher =
        (config, clientId, resource) -> {
          throw new TokenException(
              new TokenFailure.Rejected(
                  "invalid_client",
                  700213,
                  "AADSTS700213: no match",
                  "the-correlation-id",
                  Optional.of(Remedy.of("", "Run: az ...")),
                  TokenFailure.Outlook.PROPAGATING));
        };

    assertThat(run("token", "--resource", "r")).contains(ExitCode.FAILED);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err())
        .isEqualTo(
            "token: AADSTS700213: no match\nRun: az ...\nCorrelation id: the-correlation-id\n");
  }

  @Test
  void tokenFailsWhenItCannotBeWritten() {
    stdout =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("disk full");
          }
        };

    assertThat(run("token", "--resource", "r")).contains(ExitCode.FAILED);
    assertThat(err()).contains("cannot write to standard output");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "token --resource r"})
  void aBadConfigurationListsItsProblemsAndExitsWithTwo(String line) {
    environment.put("BROKER_LISTEN", "x");
    environment.remove("AZURE_TENANT_ID");

    assertThat(run(line.split(" "))).contains(ExitCode.USAGE);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err())
        .startsWith("The configuration has 2 problems:\n  ")
        .contains("\n  BROKER_LISTEN: found \"x\"")
        .contains("AZURE_TENANT_ID");
    assertThat(fetched).isEmpty();
  }

  @Test
  void serveLogsOneLineThatSaysWhatItServes() {
    environment.put("BROKER_LISTEN", "127.0.0.1:0");
    environment.put("BROKER_PREFETCH", "https://a");
    environment.put("HTTPS_PROXY", "http://user:hunter2@proxy:3128");

    assertThat(run()).isEmpty();

    assertThat(err().lines())
        .singleElement()
        .asString()
        .endsWith(
            "INFO  cli  serving tokens on 127.0.0.1:1001, admin on 0.0.0.0:1002; authority"
                + " https://login.microsoftonline.com through proxy proxy:3128; default identity"
                + " default ("
                + CLIENT
                + "), identities 1 and any other of tenant contoso.example;"
                + " prefetch https://a; token file /token");
  }

  @Test
  void serveWarnsOfAPodWithoutAnIdentity() {
    environment.remove("AZURE_CLIENT_ID");

    assertThat(run()).isEmpty();

    assertThat(err().lines())
        .last()
        .asString()
        .contains("WARN  cli  AZURE_CLIENT_ID is not set, and no identities are configured")
        .contains("kubectl annotate serviceaccount")
        .contains("azure.workload.identity/client-id=<client id>");
  }

  @Test
  void aSignalDrainsTheBroker() {
    run("serve");
    assertThat(drained).isZero();

    onSignal.forEach(Runnable::run);

    assertThat(drained).isEqualTo(1);
    assertThat(err()).endsWith("INFO  cli  stopped\n");
  }

  @Test
  void aDrainThatFailsIsLogged() {
    starter =
        config ->
            Future.succeededFuture(
                new FakeBroker() {
                  @Override
                  public Future<Void> drain() {
                    return Future.failedFuture("stuck");
                  }
                });
    run("serve");

    onSignal.forEach(Runnable::run);

    assertThat(err()).contains("WARN  cli  stopped before everything was answered");
  }

  @Test
  void aPortThatIsTakenIsNamedWithItsSetting() {
    starter =
        config ->
            Future.failedFuture(
                new ListenException(
                    config.adminListen(), new BindException("Address already in use")));

    assertThat(run("serve")).contains(ExitCode.FAILED);
    assertThat(err())
        .endsWith(
            "ERROR cli  cannot start: cannot listen on 0.0.0.0:16926: Address already in use;"
                + " choose another with BROKER_ADMIN_LISTEN (adminListen)\n");
    assertThat(onSignal).isEmpty();
  }

  @Test
  void theTokenListenersPortIsNamedWithItsOwnSetting() {
    starter =
        config ->
            Future.failedFuture(
                new ListenException(
                    config.endpoint().listen(), new BindException("Address already in use")));

    run("serve");

    assertThat(err()).contains("127.0.0.1:16925").endsWith("BROKER_LISTEN (listen)\n");
  }

  @Test
  void anyOtherFailureToStartExitsWithOne() {
    starter = config -> Future.failedFuture(new IllegalStateException("no room"));

    assertThat(run("serve")).contains(ExitCode.FAILED);
    assertThat(err()).contains("cannot start: IllegalStateException: no room");
  }

  @Test
  void wrongUsageGoesToStandardErrorWithTheRightHelp() {
    assertThat(run("token", "--resouce", "r")).contains(ExitCode.USAGE);

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err())
        .startsWith("token: unknown option \"--resouce\"; did you mean --resource?\n\n")
        .contains("token-broker token --resource R");
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("--version")).contains(ExitCode.OK);

    assertThat(out.toString(UTF_8)).startsWith("token-broker ").hasLineCount(1);
  }

  private Optional<ExitCode> run(String... arguments) {
    Terminal terminal =
        new Terminal(
            environment, new PrintStream(stdout, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Cli(
            terminal,
            starter,
            fetcher,
            new NoEntra(),
            onSignal::add,
            Clock.fixed(NOW, ZoneOffset.UTC))
        .run(List.of(arguments));
  }

  /** Nothing here gets as far as Entra. */
  private static final class NoEntra implements EntraAccess {

    @Override
    public Optional<ConnectionProblem> reach(BrokerConfig config) {
      throw new AssertionError();
    }

    @Override
    public AccessToken exchange(BrokerConfig config, String clientId, String resource) {
      throw new AssertionError();
    }

    @Override
    public void pause() {
      throw new AssertionError();
    }
  }

  private class FakeBroker implements RunningBroker {

    @Override
    public int listenPort() {
      return 1001;
    }

    @Override
    public int adminPort() {
      return 1002;
    }

    @Override
    public Future<Void> drain() {
      drained++;
      return Future.succeededFuture();
    }
  }

  @Test
  void whatEntraSaidCannotSteerTheTerminal() {
    fetcher =
        (config, clientId, resource) -> {
          throw new TokenException(
              new TokenFailure.Rejected(
                  "e",
                  0,
                  "evil \u001b[31m\nline",
                  "id",
                  Optional.empty(),
                  TokenFailure.Outlook.LASTING));
        };

    run("token", "--resource", "https://x");

    assertThat(err()).contains("token: evil \\u001b[31m\\nline\n");
  }

  /** The log has a thread of its own. */
  private String err() {
    Logging.flush();
    return err.toString(UTF_8);
  }
}

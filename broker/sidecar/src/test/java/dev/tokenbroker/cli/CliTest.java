package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.assembly.TokenUpstream;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.logging.Logging;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.LogManager;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

  /** Claims iss, sub, aud, and exp in the year 2100. */
  private static final String FEDERATED_TOKEN =
      "eyJhbGciOiJSUzI1NiJ9."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  """
                  {"iss":"https://oidc.example/","sub":"system:serviceaccount:a:b",
                   "aud":["api://AzureADTokenExchange"],"exp":4102444800,"iat":1764000000}"""
                      .getBytes(UTF_8))
          + ".c2ln";

  private static final String CLIENT = "aaaaaaaa-0000-4000-8000-00000000000a";
  private static final Instant NOW = Instant.parse("2026-11-24T08:25:00Z");
  private static final AccessToken TOKEN =
      new AccessToken("e'y\"J", NOW.minusSeconds(100), NOW.plusSeconds(3499), Optional.empty());

  @TempDir private Path folder;
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
  private Future<AccessToken> answer = Future.succeededFuture(TOKEN);
  private Runnable announcement = () -> {};

  @AfterEach
  void stop() throws IOException {
    onSignal.forEach(Runnable::run);
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
    assertThat(fetched).containsExactly(CLIENT + " https://a/\"x/.default");
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

    assertThat(fetched).containsExactly(other + " r/.default");
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
    answer =
        Future.failedFuture(
            new TokenFailureException(
                new TokenFailure.Rejected(
                    "invalid_client",
                    700213,
                    "AADSTS700213: no match",
                    "the-correlation-id",
                    Optional.of(Remedy.of("", "Run: az ...")),
                    TokenFailure.Outlook.PROPAGATING)));

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
  void serveLogsOneLineThatSaysWhatItServes() throws IOException {
    inPod();
    environment.put("BROKER_PREFETCH", "https://a");
    Instant issuedAt = Instant.now();
    answer =
        Future.succeededFuture(
            new AccessToken("t", issuedAt, issuedAt.plusSeconds(3600), Optional.empty()));
    environment.put("HTTPS_PROXY", "http://user:hunter2@proxy:3128");

    assertThat(run()).isEmpty();

    assertThat(err().lines())
        .singleElement()
        .asString()
        .matches(".*INFO  cli  serving tokens on 127.0.0.1:\\d+, admin on 127.0.0.1:\\d+; .*")
        .endsWith(
            "; authority"
                + " https://login.microsoftonline.com through proxy proxy:3128; default identity"
                + " default ("
                + CLIENT
                + "), identities 1 and any other of tenant contoso.example;"
                + " prefetch https://a; token file "
                + environment.get("AZURE_FEDERATED_TOKEN_FILE"));
  }

  @Test
  void serveWarnsOfAPodWithoutAnIdentity() throws IOException {
    inPod();
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
  void aSignalDrainsTheBroker() throws IOException {
    inPod();
    run("serve");
    assertThat(onSignal).hasSize(1);

    onSignal.forEach(Runnable::run);

    assertThat(err()).contains("INFO  cli  stopped\n");
    onSignal.clear();
  }

  @Test
  void aDrainThatFailsIsLogged() {
    Logging.install(LogFormat.TEXT, LogLevel.INFO, new PrintStream(err, true, UTF_8));

    ServeCommand.drain(() -> Future.failedFuture("stuck"));

    assertThat(err()).contains("WARN  cli  stopped before everything was answered");
  }

  @ParameterizedTest
  @CsvSource({"BROKER_ADMIN_LISTEN,adminListen", "BROKER_LISTEN,listen"})
  void aPortThatIsTakenIsNamedWithItsSetting(String variable, String key) throws IOException {
    inPod();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      environment.put(variable, address);

      assertThat(run("serve")).contains(ExitCode.FAILED);
      assertThat(err())
          .contains(
              "ERROR cli  cannot start: cannot listen on "
                  + address
                  + ": Address already in use; choose another with "
                  + variable
                  + " ("
                  + key
                  + ")\n");
      assertThat(onSignal).isEmpty();
    }
  }

  @Test
  void anyOtherFailureToStartExitsWithOne() throws IOException {
    inPod();
    announcement =
        () -> {
          throw new IllegalStateException("no room");
        };

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

  private void inPod() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), FEDERATED_TOKEN);
    environment.put("AZURE_FEDERATED_TOKEN_FILE", file.toString());
    environment.put("BROKER_LISTEN", "127.0.0.1:0");
    environment.put("BROKER_ADMIN_LISTEN", "127.0.0.1:0");
  }

  private Optional<ExitCode> run(String... arguments) {
    Terminal terminal =
        new Terminal(
            environment, new PrintStream(stdout, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Cli(
            new CliContext(
                terminal,
                new OtherOrigin(),
                onSignal::add,
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ZERO),
            context -> List.of())
        .run(List.of(arguments));
  }

  /** Tokens of nobody, at once. */
  private final class OtherOrigin implements TokenOrigin {

    @Override
    public TokenUpstream open(
        Vertx vertx,
        Context context,
        BrokerConfig config,
        Optional<FederatedTokenFile> tokenFile,
        Predicate<TokenKey> configured,
        Clock clock,
        RandomGenerator random) {
      return new TokenUpstream() {
        @Override
        public Future<AccessToken> token(TokenKey key) {
          fetched.add(key.clientId() + " " + key.scope());
          return answer;
        }

        @Override
        public boolean isResting() {
          return false;
        }

        @Override
        public void announce() {
          announcement.run();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public String description() {
      return "Nobody";
    }

    @Override
    public Optional<String> summary() {
      return Optional.empty();
    }
  }

  @Test
  void whatEntraSaidCannotSteerTheTerminal() {
    answer =
        Future.failedFuture(
            new TokenFailureException(
                new TokenFailure.Rejected(
                    "e",
                    0,
                    "evil \u001b[31m\nline",
                    "id",
                    Optional.empty(),
                    TokenFailure.Outlook.LASTING)));

    run("token", "--resource", "https://x");

    assertThat(err()).contains("token: evil \\u001b[31m\\nline\n");
  }

  /** The log has a thread of its own. */
  private String err() {
    Logging.flush();
    return err.toString(UTF_8);
  }
}

package dev.tokenbroker.compat;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.testing.MarkdownPage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of docs/recipes.md, taken from the page and run as they stand there. */
class RecipesIT {

  private static final String VAULT = "https://vault.azure.net";
  private static final String DATABASE = "https://database.windows.net/";
  private static final Path CLIENTS = Path.of(System.getProperty("compat.clients"));
  private static final MarkdownPage RECIPES = MarkdownPage.read(Path.of("../../docs/recipes.md"));

  private static CompatRig rig;

  @BeforeAll
  static void start() throws IOException {
    rig = CompatRig.withBrokerAt(List.of(), 0);
  }

  @AfterAll
  static void stop() throws IOException {
    rig.close();
  }

  @Test
  void bashPrintsTheToken() throws Exception {
    assertIsFor(
        VAULT, run(Map.of(), "bash", "-c", RECIPES.block("sh RecipesIT", "token() {")).out());
  }

  @Test
  void curlHandsTheTokenOnToAVault(@TempDir Path home) throws Exception {
    WireMockServer vault =
        new WireMockServer(WireMockConfiguration.options().httpDisabled(true).dynamicHttpsPort());
    vault.stubFor(get(urlPathEqualTo("/secrets/name")).willReturn(okJson("{}")));
    vault.start();
    try {
      String there = "connect-to = \"myvault.vault.azure.net:443:127.0.0.1:%d\"\ninsecure\n";
      Files.writeString(home.resolve(".curlrc"), there.formatted(vault.httpsPort()));
      String script =
          RECIPES.block("sh RecipesIT", "token() {") + RECIPES.block("sh RecipesIT", "-H @-");
      ClientProcess.Ended ended = run(Map.of("CURL_HOME", home.toString()), "bash", "-c", script);

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      String header =
          vault
              .findAll(getRequestedFor(urlPathEqualTo("/secrets/name")))
              .get(0)
              .getHeader("Authorization");
      assertThat(header).startsWith("Bearer ");
      assertIsFor(VAULT, header.substring("Bearer ".length()));
    } finally {
      vault.stop();
    }
  }

  @Test
  void pythonPrintsTheTokenWithItsStandardLibrary() throws Exception {
    assertIsFor(
        VAULT,
        run(Map.of(), "python3", "-c", RECIPES.block("python RecipesIT", "def token(")).out());
  }

  @Test
  void powershellPrintsTheToken() throws Exception {
    assumeTrue(onPath("pwsh"), "not installed: no pwsh on the PATH");
    String script = RECIPES.block("powershell RecipesIT", "function Get-BrokerToken");
    assertIsFor(VAULT, run(Map.of(), "pwsh", "-NoProfile", "-Command", script).out());
  }

  @Test
  void pyodbcLogsInWithTheToken() throws Exception {
    assertLogsIn(RECIPES.block("python RecipesIT", "import pyodbc"));
  }

  @Test
  void sqlalchemyLogsInWithTheToken() throws Exception {
    assertLogsIn(RECIPES.block("python RecipesIT", "import sqlalchemy"));
  }

  @Test
  void theCommandLineGivesTheSameBytesAsTheRecipeForOdbc() throws Exception {
    String jar = System.getProperty("broker.jar");
    String command =
        RECIPES.block("sh RecipesIT", "--output odbc").replace("token-broker.jar", jar);
    String compare =
        "import sys; given = sys.stdin.buffer.read()\n"
            + "token = given[4:].decode('utf-16-le')\n"
            + "assert odbc(token)[1256] == given\n"
            + "print(token)";
    String script = RECIPES.block("python RecipesIT", "def odbc(") + compare;
    Map<String, String> variables = new HashMap<>(rig.podEnvironment());
    variables.put("SCRIPT", script);

    assertIsFor(
        DATABASE,
        run(variables, "bash", "-c", command.strip() + " | python3 -c \"$SCRIPT\"").out());
  }

  private static void assertLogsIn(String block) throws Exception {
    Path python = CLIENTS.resolve("odbc/bin/python");
    assumeTrue(Files.isExecutable(python), "not installed: " + why("odbc"));
    try (TdsListener server = new TdsListener(DATABASE)) {
      String connection =
          "import glob, mssql_python_odbc, os\n"
              + "libraries = os.path.dirname(mssql_python_odbc.__file__) + '/libs/linux'\n"
              + "driver = glob.glob(libraries + '/debian*/*/lib/libmsodbcsql*')[0]\n"
              + "connection_string = 'Driver=' + driver + ';Server=127.0.0.1,%d;Encrypt=yes'"
                  .formatted(server.port())
              + " + ';TrustServerCertificate=yes'\n";
      String script =
          connection
              + RECIPES.block("python RecipesIT", "def token(")
              + RECIPES.block("python RecipesIT", "def odbc(")
              + block;
      Map<String, String> unixOdbc =
          Map.of("LD_LIBRARY_PATH", CLIENTS.resolve("odbc/native").toString());
      ClientProcess.Ended ended = run(unixOdbc, python.toString(), "-c", script);

      assertThat(ended.err()).contains("The listener has seen the token");
      assertIsFor(DATABASE, server.token().orElseThrow());
    }
  }

  private static ClientProcess.Ended run(Map<String, String> more, String... command)
      throws Exception {
    Map<String, String> printed = rig.printed("all");
    Map<String, String> variables = new HashMap<>(Reach.IDENTITY_ENDPOINT.variables(printed));
    variables.putAll(Reach.POD_IDENTITY_HOST.variables(printed));
    variables.put("http_proxy", "http://127.0.0.1:1"); // which nobody may ask
    variables.putAll(more);
    return rig.run(List.of(command), variables);
  }

  private static void assertIsFor(String resource, String token) throws Exception {
    assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience()).containsExactly(resource);
  }

  private static String why(String client) throws IOException {
    Path failed = CLIENTS.resolve(client + ".failed");
    return Files.exists(failed) ? Files.readString(failed).strip() : "no " + CLIENTS + "/" + client;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}

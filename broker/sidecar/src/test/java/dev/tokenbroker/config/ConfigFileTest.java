package dev.tokenbroker.config;

import static dev.tokenbroker.config.TestEnvironment.CLIENT;
import static dev.tokenbroker.config.TestEnvironment.TENANT;
import static dev.tokenbroker.config.TestEnvironment.webhook;
import static dev.tokenbroker.config.TestEnvironment.without;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

  private static final String ORDERS =
      """
      identities:
        - name: orders
          clientId: 00000000-0000-4000-8000-00000000000A
      """;
  private static final String REPORTS =
      """
        - name: reports
          clientId: 00000000-0000-4000-8000-00000000000b
          tenantId: reports.example
          objectId: 00000000-0000-4000-8000-0000000000CC
          resourceId: /subscriptions/1/resourceGroups/g/providers/p/n
          allowedResources: [https://a, https://b]
          prefetch: [https://b]
      """;

  @TempDir Path folder;
  private Path file;
  private Map<String, String> environment;

  @BeforeEach
  void namesTheFile() {
    file = folder.resolve("broker.yaml");
    environment = webhook("BROKER_CONFIG", file.toString());
  }

  @Test
  void theFileMaySetEverything() {
    environment = Map.of("BROKER_CONFIG", file.toString());

    BrokerConfig config =
        loaded(
            """
            clientId: aaaaaaaa-0000-4000-8000-000000000001
            tenantId: contoso.example
            federatedTokenFile: /token
            authorityHost: https://login.example/
            listen: 127.0.0.1:1
            adminListen: 127.0.0.1:2
            allowRemotePeers: true
            hosts: [imds, other]
            prefetch:
              - https://a
            instanceMetadata: off
            logFormat: json
            logLevel: warn
            limits:
              keys: 1
              exchanges: 2
              connections: 3
              exchangeTimeout: 4s
              waitTimeout: 5s
              startupSpread: 6s
            """);

    assertThat(config.entra().authority()).hasToString("https://login.example");
    assertThat(config.entra().federatedTokenFile()).contains(Path.of("/token"));
    assertThat(config.endpoint())
        .isEqualTo(
            new EndpointConfig(
                new HostPort("127.0.0.1", 1),
                Set.of("imds", "other"),
                Optional.empty(),
                false,
                Optional.empty(),
                true,
                false));
    assertThat(config.adminListen().port()).isEqualTo(2);
    assertThat(config.limits())
        .isEqualTo(
            new Limits(
                1, 2, 3, Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(6)));
    assertThat(config.logFormat()).isEqualTo(LogFormat.JSON);
    assertThat(config.logLevel()).isEqualTo(LogLevel.WARN);
    assertThat(config.identities().openTenant()).contains("contoso.example");
    assertThat(config.identities().defaultIdentity().orElseThrow().prefetch())
        .containsExactly("https://a");
  }

  @Test
  void theEnvironmentOverridesTheFile() {
    environment.put("BROKER_LISTEN", "127.0.0.1:5");
    environment.put("BROKER_PREFETCH", "https://env");

    BrokerConfig config = loaded("listen: nonsense\nprefetch: [https://file]\nlogLevel: error\n");

    assertThat(config.endpoint().listen().port()).isEqualTo(5);
    assertThat(config.identities().defaultIdentity().orElseThrow().prefetch())
        .containsExactly("https://env");
    assertThat(config.logLevel()).isEqualTo(LogLevel.ERROR);
  }

  @Test
  void configuredIdentitiesAreTheOnlyOnes() {
    IdentitiesConfig identities = loaded(ORDERS + REPORTS).identities();

    assertThat(identities.openTenant()).isEmpty();
    assertThat(identities.known())
        .extracting(IdentityConfig::name)
        .containsExactly("orders", "reports");
    assertThat(identities.known().get(0).tenantId()).isEqualTo(TENANT);
    assertThat(identities.known().get(0).clientId())
        .isEqualTo("00000000-0000-4000-8000-00000000000a");
    IdentityConfig reports = identities.known().get(1);
    assertThat(reports.tenantId()).isEqualTo("reports.example");
    assertThat(reports.objectId()).contains("00000000-0000-4000-8000-0000000000cc");
    assertThat(reports.resourceId()).contains("/subscriptions/1/resourceGroups/g/providers/p/n");
    assertThat(reports.allowedResources()).contains(List.of("https://a", "https://b"));
    assertThat(reports.prefetch()).containsExactly("https://b");
    assertThat(identities.defaultIdentity()).as("AZURE_CLIENT_ID is neither").isEmpty();
  }

  @Test
  void theDefaultIsTheOneNamed() {
    environment.put("AZURE_CLIENT_ID", "00000000-0000-4000-8000-00000000000a");

    assertThat(defaultOf(ORDERS + REPORTS + "defaultIdentity: reports\n")).isEqualTo("reports");
  }

  @Test
  void elseTheDefaultIsTheOneOfTheEnvironment() {
    environment.put("AZURE_CLIENT_ID", "00000000-0000-4000-8000-00000000000B");

    assertThat(defaultOf(ORDERS + REPORTS)).isEqualTo("reports");
  }

  @Test
  void elseTheDefaultIsTheOnlyOne() {
    assertThat(defaultOf(ORDERS)).isEqualTo("orders");
  }

  @Test
  void ofOneApplicationInTwoTenantsTheEnvironmentsTenantIsTheDefault() {
    environment.put("AZURE_CLIENT_ID", "00000000-0000-4000-8000-00000000000a");

    assertThat(
            defaultOf(
                """
                identities:
                  - {name: there, clientId: 00000000-0000-4000-8000-00000000000a, tenantId: there.example}
                  - {name: here, clientId: 00000000-0000-4000-8000-00000000000a}
                """))
        .isEqualTo("here");
  }

  @Test
  void theCommonPrefetchGoesToTheDefaultIdentity() {
    environment.put("BROKER_PREFETCH", "https://a,https://b");

    IdentitiesConfig identities =
        loaded(ORDERS + REPORTS + "defaultIdentity: reports\n").identities();

    assertThat(identities.defaultIdentity().orElseThrow().prefetch())
        .containsExactly("https://b", "https://a");
    assertThat(identities.known()).contains(identities.defaultIdentity().orElseThrow());
    assertThat(identities.known().get(0).prefetch()).isEmpty();
  }

  @Test
  void aStarAllowsEveryResource() {
    assertThat(
            loaded(ORDERS + "    allowedResources: [\"*\"]\n")
                .identities()
                .known()
                .get(0)
                .allowedResources())
        .isEmpty();
  }

  @Test
  void identitiesWithTheirOwnTenantNeedNoOther() {
    without(environment, "AZURE_TENANT_ID");

    assertThat(loaded("identities:\n" + REPORTS).identities().known()).hasSize(1);
  }

  @Test
  void aTenantIsNeededForAnIdentityThatNamesNone() {
    without(environment, "AZURE_TENANT_ID");

    assertThat(problems(ORDERS))
        .containsExactly(
            "identities[0].tenantId: found nothing, expected the tenant's id (a GUID) or one of its"
                + " domains; or set AZURE_TENANT_ID for all");
  }

  @Test
  void aProblemNamesVariablePathFileAndLine() {
    assertThat(problems("# a comment\nlogLevel: info\nlisten: here\n"))
        .containsExactly(
            "BROKER_LISTEN (listen, %s:3): found \"here\" (no port), expected host:port, such as 127.0.0.1:16925"
                .formatted(file));
  }

  @Test
  void problemsOfEnvironmentAndFileAreListedTogether() {
    environment.put("BROKER_MAX_KEYS", "0");

    assertThat(
            problems(
                """
                listen: x
                lisen: y
                limits: {keys: 1, waitTimeout: soon}
                identities:
                  - name: orders
                    clientId: nobody
                    objectId: nothing
                """))
        .extracting(problem -> problem.replaceAll("[ :].*", ""))
        .containsExactlyInAnyOrder(
            "BROKER_MAX_KEYS",
            "BROKER_LISTEN",
            "lisen",
            "BROKER_WAIT_TIMEOUT",
            "identities[0].clientId",
            "identities[0].objectId");
  }

  @Test
  void anUnknownKeyIsAProblemWithASuggestion() {
    assertThat(problems(ORDERS + "    client_id: x\nloglevel: info\nlimits: {keyz: 1}\n"))
        .satisfiesExactly(
            p ->
                assertThat(p)
                    .startsWith("identities[0].client_id (" + file + ":4): found an unknown key")
                    .endsWith("did you mean clientId?"),
            p ->
                assertThat(p)
                    .startsWith("loglevel (" + file + ":5)")
                    .endsWith("did you mean logLevel?"),
            p ->
                assertThat(p)
                    .startsWith("limits.keyz (" + file + ":6)")
                    .endsWith("did you mean keys?"));
  }

  @Test
  void anUnknownKeyDoesNotHideWhatIsMissing() {
    without(environment, "AZURE_FEDERATED_TOKEN_FILE");

    assertThat(problems("lisen: x\n")).hasSize(2);
  }

  @Test
  void aDuplicateKeyIsAProblemThatNamesBothLines() {
    assertThat(problems("listen: 127.0.0.1:1\nlogLevel: info\nlisten: 127.0.0.1:2\n"))
        .containsExactly(
            "listen (%s:3): found the key again, expected it once; it is on line 1 too"
                .formatted(file));
  }

  @Test
  void nothingMayStandForTwoIdentities() {
    assertThat(
            problems(
                ORDERS
                    + REPORTS
                    + REPORTS.replace("00b", "00B").replace("/subscriptions", "/SUBSCRIPTIONS")))
        .extracting(problem -> problem.replaceAll(" .*? is the same", " ..."))
        .extracting(problem -> problem.replaceAll(" .*", ""))
        .containsExactly(
            "identities[2].name",
            "identities[2].clientId",
            "identities[2].objectId",
            "identities[2].resourceId");
  }

  @Test
  void anEmptyListOfAllowedResourcesIsAProblem() {
    assertThat(problems(ORDERS + "    allowedResources: []\n"))
        .singleElement()
        .asString()
        .contains("identities[0].allowedResources")
        .contains("found an empty list, expected at least one resource");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allowedResources:",
        "allowedResources: null",
        "allowedResources: https://a",
        "allowedResources: {a: b}"
      })
  void allowedResourcesThatAreNoListNeverMeanEveryResource(String line) {
    assertThat(problems(ORDERS + "    " + line + "\n"))
        .singleElement()
        .asString()
        .contains("expected a list");
  }

  @Test
  void theStarForEveryResourceStandsAlone() {
    assertThat(problems(ORDERS + "    allowedResources: ['*', https://a]\n"))
        .singleElement()
        .asString()
        .contains("\"*\" beside other resources");
  }

  @Test
  void prefetchMustBeAllowed() {
    environment.put("BROKER_PREFETCH", "https://x");

    assertThat(
            problems(
                "identities:\n"
                    + REPORTS.replace("prefetch: [https://b]", "prefetch: [https://c]")))
        .singleElement()
        .asString()
        .contains("identities[0].prefetch")
        .contains("found \"https://c\", expected one of its allowedResources");
    assertThat(problems("identities:\n" + REPORTS))
        .singleElement()
        .asString()
        .startsWith("BROKER_PREFETCH: found \"https://x\"");
  }

  @Test
  void prefetchOfNobodyIsAProblem() {
    environment.put("BROKER_PREFETCH", "https://a");

    assertThat(problems(ORDERS + REPORTS))
        .singleElement()
        .asString()
        .startsWith("BROKER_PREFETCH: found resources but no default identity")
        .contains("defaultIdentity");
  }

  @Test
  void theDefaultMustBeOneOfTheIdentities() {
    assertThat(problems(ORDERS + REPORTS + "defaultIdentity: order\n"))
        .singleElement()
        .asString()
        .endsWith("found \"order\", expected one of orders, reports; did you mean orders?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "listen: [a",
        "listen: 'x\n",
        "a: &x 1\nb: *x\n",
        "listen: *x\n",
        "listen: !!str x\n",
        "listen: &a 127.0.0.1:1\n",
        "? {a: b}\n: c\n",
        "listen: 127.0.0.1:1\n---\nlisten: 127.0.0.1:2\n",
        "limits: [[[[[[[[[[[[1]]]]]]]]]]]]\n",
        "- listen\n",
        "just a text",
        "limits: 5\n",
        "limits:\n",
        "identities: []\n",
        "identities:\n",
        "identities: {name: a}\n",
        "identities: [a]\n",
        "listen:\n",
        "listen: ~\n",
        "listen: ''\n",
        "listen: {host: a}\n",
        "listen: [127.0.0.1:1]\n",
        "hosts: imds\n",
        "hosts: [[imds]]\n",
      })
  void whatIsNotUnderstoodIsExactlyOneProblem(String yaml) {
    assertThat(problems(yaml))
        .hasSize(1)
        .allSatisfy(p -> assertThat(p).contains("broker.yaml").doesNotContain("\n"));
  }

  @Test
  void aSyntaxErrorNamesItsLine() {
    assertThat(problems("logLevel: info\nlisten: [a\n"))
        .singleElement()
        .asString()
        .startsWith("BROKER_CONFIG: found")
        .contains("(line 3)");
  }

  @Test
  void aFileThatIsNotUnderstoodDoesNotAlsoCountAsIncomplete() {
    environment = Map.of("BROKER_CONFIG", file.toString());

    assertThat(problems("{")).hasSize(1);
  }

  @Test
  void theFileIsBounded() throws IOException {
    Files.writeString(file, "#".repeat((1 << 20) + 1));

    assertThat(TestEnvironment.problems(environment))
        .singleElement()
        .asString()
        .contains("larger than 1 MiB");
  }

  @Test
  void deepNestingIsRefusedBeforeItCostsAnything() {
    assertThat(problems("[".repeat(500_000)))
        .singleElement()
        .asString()
        .contains("nested too deeply");
  }

  @Test
  void theFileIsUtf8() throws IOException {
    Files.write(file, "logLevel: \u00e4".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(TestEnvironment.problems(environment))
        .singleElement()
        .asString()
        .contains("it is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment\n", "---\n"})
  void anEmptyFileSetsNothing(String yaml) {
    assertThat(loaded(yaml).identities().defaultIdentity().orElseThrow().clientId())
        .isEqualTo(CLIENT);
  }

  private String defaultOf(String yaml) {
    return loaded(yaml).identities().defaultIdentity().orElseThrow().name();
  }

  private BrokerConfig loaded(String yaml) {
    write(yaml);
    return TestEnvironment.loaded(environment);
  }

  private List<String> problems(String yaml) {
    write(yaml);
    return TestEnvironment.problems(environment);
  }

  private void write(String yaml) {
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

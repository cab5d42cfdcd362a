package dev.tokenbroker.config;

import static dev.tokenbroker.config.TestEnvironment.CLIENT;
import static dev.tokenbroker.config.TestEnvironment.TENANT;
import static dev.tokenbroker.config.TestEnvironment.loaded;
import static dev.tokenbroker.config.TestEnvironment.problems;
import static dev.tokenbroker.config.TestEnvironment.webhook;
import static dev.tokenbroker.config.TestEnvironment.without;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  @Test
  void theWebhooksVariablesAreEnough() {
    BrokerConfig config = loaded(webhook());

    assertThat(config.endpoint().listen()).isEqualTo(new HostPort("127.0.0.1", 16925));
    assertThat(config.endpoint().extraHosts()).isEmpty();
    assertThat(config.endpoint().allowRemotePeers()).isFalse();
    assertThat(config.endpoint().instanceMetadata()).isFalse();
    assertThat(config.adminListen()).isEqualTo(new HostPort("0.0.0.0", 16926));
    assertThat(config.entra().authority())
        .isEqualTo(URI.create("https://login.microsoftonline.com"));
    assertThat(config.entra().federatedTokenFile())
        .contains(Path.of("/var/run/secrets/azure/tokens/azure-identity-token"));
    assertThat(config.entra().caFile()).isEmpty();
    assertThat(config.entra().proxy()).isEmpty();
    assertThat(config.limits())
        .isEqualTo(
            new Limits(
                1000, 16, 1024, Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ZERO));
    assertThat(config.logFormat()).isEqualTo(LogFormat.TEXT);
    assertThat(config.logLevel()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void theEnvironmentsIdentityIsTheDefaultAndItsTenantIsOpen() {
    IdentitiesConfig identities =
        loaded(webhook("BROKER_PREFETCH", "https://a , https://b/")).identities();

    assertThat(identities.openTenant()).contains(TENANT);
    assertThat(identities.known()).hasSize(1);
    IdentityConfig identity = identities.defaultIdentity().orElseThrow();
    assertThat(identities.known()).containsExactly(identity);
    assertThat(identity.name()).isEqualTo("default");
    assertThat(identity.clientId()).isEqualTo(CLIENT);
    assertThat(identity.tenantId()).isEqualTo(TENANT);
    assertThat(identity.allowedResources()).isEmpty();
    assertThat(identity.prefetch()).containsExactly("https://a", "https://b/");
  }

  @Test
  void withoutAClientIdThereIsNoDefaultIdentity() {
    IdentitiesConfig identities = loaded(without(webhook(), "AZURE_CLIENT_ID")).identities();

    assertThat(identities.defaultIdentity()).isEmpty();
    assertThat(identities.known()).isEmpty();
    assertThat(identities.openTenant()).contains(TENANT);
  }

  @Test
  void idsAreComparedInLowerCase() {
    Map<String, String> environment = webhook("AZURE_TENANT_ID", "Contoso.OnMicrosoft.com");
    environment.put("AZURE_CLIENT_ID", "AAAAAAAA-0000-4000-8000-00000000000F");

    IdentityConfig identity = loaded(environment).identities().defaultIdentity().orElseThrow();

    assertThat(identity.clientId()).isEqualTo("aaaaaaaa-0000-4000-8000-00000000000f");
    assertThat(identity.tenantId()).isEqualTo("contoso.onmicrosoft.com");
  }

  @Test
  void everySettingOfTheEnvironmentIsTaken() {
    BrokerConfig config =
        loaded(
            webhook(
                "BROKER_LISTEN", "[::1]:1",
                "BROKER_ADMIN_LISTEN", "10.0.0.1:2",
                "BROKER_HOSTS", "Metadata.Internal, imds",
                "BROKER_ALLOW_REMOTE_PEERS", "true",
                "BROKER_INSTANCE_METADATA", "pass",
                "BROKER_LOG_FORMAT", "json",
                "BROKER_LOG_LEVEL", "debug",
                "BROKER_MAX_KEYS", "3",
                "BROKER_MAX_EXCHANGES", "4",
                "BROKER_MAX_CONNECTIONS", "5",
                "BROKER_EXCHANGE_TIMEOUT", "500ms",
                "BROKER_WAIT_TIMEOUT", "2m",
                "BROKER_STARTUP_SPREAD", "30s"));

    assertThat(config.endpoint().listen()).isEqualTo(new HostPort("::1", 1));
    assertThat(config.adminListen()).isEqualTo(new HostPort("10.0.0.1", 2));
    assertThat(config.endpoint().extraHosts())
        .containsExactlyInAnyOrder("metadata.internal", "imds");
    assertThat(config.endpoint().allowRemotePeers()).isTrue();
    assertThat(config.endpoint().instanceMetadata()).isTrue();
    assertThat(config.logFormat()).isEqualTo(LogFormat.JSON);
    assertThat(config.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(config.limits())
        .isEqualTo(
            new Limits(
                3, 4, 5, Duration.ofMillis(500), Duration.ofMinutes(2), Duration.ofSeconds(30)));
  }

  @Test
  void whoMayAskIsTaken() {
    BrokerConfig config =
        loaded(
            webhook(
                "BROKER_IDENTITY_HEADER", "a-secret-of-this-pod",
                "BROKER_REQUIRE_SECRET", "true",
                "BROKER_ALLOWED_UIDS", "1000, 4294967294"));

    assertThat(config.endpoint().requireSecret()).isTrue();
    assertThat(config.endpoint().allowedUids().orElseThrow())
        .containsExactlyInAnyOrder(1000L, 4294967294L);
  }

  @Test
  void usersOfThePodAndCallersFromOutsideItExcludeEachOther() {
    assertThat(problems(webhook("BROKER_ALLOWED_UIDS", "0", "BROKER_ALLOW_REMOTE_PEERS", "true")))
        .singleElement()
        .asString()
        .startsWith("BROKER_ALLOWED_UIDS")
        .contains("BROKER_ALLOW_REMOTE_PEERS=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BROKER_ALLOWED_UIDS", "BROKER_REQUIRE_SECRET", "BROKER_IDENTITY_HEADER"})
  void aVariableOfBlanksNeverTurnsOffWhatItWasMeantToTurnOn(String name) {
    assertThat(problems(webhook(name, " ")))
        .singleElement()
        .asString()
        .startsWith(name + ": found blanks only");
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    BrokerConfig config =
        loaded(webhook("BROKER_LISTEN", "", "BROKER_CONFIG", "", "BROKER_PREFETCH", ""));

    assertThat(config.endpoint().listen()).isEqualTo(new HostPort("127.0.0.1", 16925));
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.us, https://login.microsoftonline.us",
    "https://login.microsoftonline.us/, https://login.microsoftonline.us",
    "HTTPS://Login.Example:443/, https://login.example",
    "https://localhost:8443, https://localhost:8443",
  })
  void theAuthorityIsAnOriginInOneForm(String written, String authority) {
    assertThat(loaded(webhook("AZURE_AUTHORITY_HOST", written)).entra().authority())
        .isEqualTo(URI.create(authority));
  }

  /** Variable, bad value, what stands in the one problem. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AZURE_CLIENT_ID           | my-app                | found "my-app" (not a GUID), expected a GUID
          AZURE_TENANT_ID           | common                | found "common" (neither a GUID nor a domain)
          AZURE_AUTHORITY_HOST      | http://login.example  | (not https)
          AZURE_AUTHORITY_HOST      | login.example         | (not https)
          AZURE_AUTHORITY_HOST      | https://a.example/t   | (a path does not belong here)
          AZURE_AUTHORITY_HOST      | https://a.example//   | (a path does not belong here)
          AZURE_AUTHORITY_HOST      | https://a.example?x=1 | (a query does not belong here)
          AZURE_AUTHORITY_HOST      | https://a b           | (not a URL)
          AZURE_AUTHORITY_HOST      | https://              | (not a URL)
          BROKER_LISTEN             | 16925                 | (no port), expected host:port
          BROKER_LISTEN             | localhost:http        | (the port is not a number)
          BROKER_LISTEN             | 127.0.0.1:65536       | (the port must be from 0 to 65535)
          BROKER_LISTEN             | ::1:80                | (an IPv6 address needs brackets: [::1]:16925)
          BROKER_LISTEN             | :16925                | (no host)
          BROKER_LISTEN             | 0.0.0.0:16925         | BROKER_ALLOW_REMOTE_PEERS=true
          BROKER_LISTEN             | broker.local:16925    | BROKER_ALLOW_REMOTE_PEERS=true
          BROKER_ADMIN_LISTEN       | 127.0.0.1:16925       | expected another port than that of BROKER_LISTEN
          BROKER_CA_FILE            | /no/such/file.pem     | found "/no/such/file.pem" (no such file), expected a readable file of PEM
          BROKER_CA_FILE            | /                     | (it is a folder)
          BROKER_CONFIG             | /no/such/file.yaml    | found "/no/such/file.yaml" (no such file), expected the path of a readable YAML
          BROKER_PREFETCH           | https://a,,https://b  | found "" (empty)
          BROKER_PREFETCH           | https://a b           | (blanks and special characters do not belong here)
          BROKER_HOSTS              | imds:80               | (not a host name)
          BROKER_ALLOW_REMOTE_PEERS | yes                   | found "yes" (not one of the choices), expected true or false
          BROKER_INSTANCE_METADATA  | true                  | expected off or pass
          BROKER_LOG_FORMAT         | JSON                  | expected text or json
          BROKER_LOG_LEVEL          | trace                 | expected error, warn, info or debug
          BROKER_REQUIRE_SECRET     | true                  | expected BROKER_IDENTITY_HEADER to be set as well
          BROKER_ALLOWED_UIDS       | root                  | found "root" (not a user id), expected user ids
          BROKER_ALLOWED_UIDS       | 1000,                 | (empty)
          BROKER_ALLOWED_UIDS       | 4294967295            | (out of range)
          BROKER_STARTUP_SPREAD     | 11m                   | (out of range), expected a time from 0s to 10m
          BROKER_MAX_KEYS           | 0                     | (out of range), expected a whole number from 1 to 100000
          BROKER_MAX_EXCHANGES      | 1.5                   | (not a whole number)
          BROKER_MAX_CONNECTIONS    | 99999999999           | (not a whole number)
          BROKER_EXCHANGE_TIMEOUT   | 10                    | (the unit must be ms, s or m)
          BROKER_EXCHANGE_TIMEOUT   | 99ms                  | (out of range)
          BROKER_WAIT_TIMEOUT       | -1s                   | (not a number and a unit)
          BROKER_WAIT_TIMEOUT       | 11m                   | (out of range)
          """)
  void aBadValueIsOneProblemThatNamesTheVariable(String variable, String value, String text) {
    List<String> problems = problems(webhook(variable, value));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).startsWith(variable).contains(text).doesNotContain("\n");
  }

  @Test
  void aMissingTokenFileSaysWhatUsuallyIsWrong() {
    assertThat(problems(without(webhook(), "AZURE_FEDERATED_TOKEN_FILE")))
        .singleElement()
        .asString()
        .startsWith("AZURE_FEDERATED_TOKEN_FILE (federatedTokenFile): found nothing, expected")
        .contains("azure.workload.identity/use: \"true\"")
        .contains("on the pod template, not on the Deployment");
  }

  @Test
  void aMissingTenantIsAProblem() {
    assertThat(problems(without(webhook(), "AZURE_TENANT_ID")))
        .singleElement()
        .asString()
        .startsWith("AZURE_TENANT_ID (tenantId): found nothing, expected the tenant's id");
  }

  @Test
  void prefetchNeedsADefaultIdentity() {
    Map<String, String> environment = webhook("BROKER_PREFETCH", "https://a");

    assertThat(problems(without(environment, "AZURE_CLIENT_ID")))
        .containsExactly(
            "BROKER_PREFETCH: found resources but no default identity, expected AZURE_CLIENT_ID to"
                + " be set as well, to say whose tokens");
  }

  @Test
  void allProblemsAreListedAtOnce() {
    List<String> problems =
        problems(
            Map.of(
                "AZURE_CLIENT_ID", "x",
                "BROKER_LISTEN", "y",
                "BROKER_LISTN", "z",
                "BROKER_MAX_KEYS", "many"));

    assertThat(problems)
        .extracting(problem -> problem.split("[ :]")[0])
        .containsExactlyInAnyOrder(
            "AZURE_CLIENT_ID",
            "AZURE_TENANT_ID",
            "AZURE_FEDERATED_TOKEN_FILE",
            "BROKER_LISTEN",
            "BROKER_LISTN",
            "BROKER_MAX_KEYS");
  }

  @Test
  void bothListenersMayLetTheSystemChooseAPort() {
    BrokerConfig config =
        loaded(webhook("BROKER_LISTEN", "127.0.0.1:0", "BROKER_ADMIN_LISTEN", "127.0.0.1:0"));

    assertThat(config.endpoint().listen().port()).isEqualTo(config.adminListen().port());
  }

  @Test
  void remotePeersMayBeAllowed() {
    BrokerConfig config =
        loaded(webhook("BROKER_LISTEN", "0.0.0.0:1", "BROKER_ALLOW_REMOTE_PEERS", "true"));

    assertThat(config.endpoint().listen().host()).isEqualTo("0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "BROKER_LISTN, BROKER_LISTEN",
    "BROKER_LOGLEVEL, BROKER_LOG_LEVEL",
    "BROKER_PREFETCHES, BROKER_PREFETCH",
    "BROKER_MAX_KEY, BROKER_MAX_KEYS",
  })
  void anUnknownVariableIsAProblemWithASuggestion(String variable, String meant) {
    assertThat(problems(webhook(variable, "secret-value")))
        .singleElement()
        .asString()
        .startsWith(variable + ": found an unknown variable")
        .endsWith("did you mean " + meant + "?")
        .doesNotContain("secret-value");
  }

  @Test
  void aVariableThatIsNearNothingGetsNoSuggestion() {
    assertThat(problems(webhook("BROKER_XYZZY_FROTZ", "1")))
        .containsExactly(
            "BROKER_XYZZY_FROTZ: found an unknown variable, expected one of the settings");
  }

  @Test
  void serviceLinksOfKubernetesAreIgnored() {
    Map<String, String> environment =
        webhook(
            "BROKER_SERVICE_HOST", "10.0.0.1",
            "BROKER_SERVICE_PORT", "80",
            "BROKER_SERVICE_PORT_HTTP", "80",
            "BROKER_PORT", "tcp://10.0.0.1:80",
            "BROKER_PORT_80_TCP", "tcp://10.0.0.1:80",
            "BROKER_PORT_80_TCP_PROTO", "tcp",
            "BROKER_PORT_80_TCP_PORT", "80",
            "BROKER_PORT_80_TCP_ADDR", "10.0.0.1",
            "BROKER_PORT_53_UDP", "udp://10.0.0.1:53");
    environment.put("BROKER_ADMIN_SERVICE_HOST", "10.0.0.2");
    environment.put("BROKER_ADMIN_PORT", "tcp://10.0.0.2:80");

    assertThat(problems(environment)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BROKER_PORT", "BROKER_ADMIN_PORT"})
  void aPortThatIsNoServiceLinkIsAMistake(String variable) {
    assertThat(problems(webhook(variable, "8080"))).hasSize(1);
  }

  @Test
  void aTokenInThePlaceOfItsPathIsRefusedAndNotShown() {
    assertThat(problems(webhook("AZURE_FEDERATED_TOKEN_FILE", "eyJhbGciOiJub25lIn0.e30.")))
        .containsExactly(
            "AZURE_FEDERATED_TOKEN_FILE: found a token (hidden) (this is a token, not the path of"
                + " one), expected the path of the projected token");
  }

  @Test
  void aPasswordInTheAuthorityIsNotShown() {
    assertThat(problems(webhook("AZURE_AUTHORITY_HOST", "https://user:hunter2@login.example")))
        .containsExactly(
            "AZURE_AUTHORITY_HOST: found \"https://***@login.example\" (a user name does not belong"
                + " here), expected an https address without a path, such as"
                + " https://login.microsoftonline.com/");
  }

  @Test
  void aValueWithLineBreaksStaysOnOneLine() {
    assertThat(problems(webhook("BROKER_LOG_FORMAT", "a\nb\u2028c")))
        .singleElement()
        .asString()
        .contains("\"a?b?c\"");
  }
}

package dev.tokenbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerEndpointTest {

  private static final Reply TOKEN = Reply.token("t", Instant.parse("2100-01-01T00:00:00Z"));

  @Test
  void identityEndpointComesFirstAndIsAskedWithTheSecret() {
    try (StubBroker broker = new StubBroker().answers(TOKEN)) {
      Map<String, String> environment =
          Map.of(
              "IDENTITY_ENDPOINT", broker.base() + "/msi/token",
              "IDENTITY_HEADER", "s3cret",
              "AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:1");
      assertThat(client(environment).token("https://vault.azure.net").value()).isEqualTo("t");

      StubBroker.Seen seen = broker.onlySeen();
      assertThat(seen.path()).isEqualTo("/msi/token");
      assertThat(seen.headers().getFirst("X-IDENTITY-HEADER")).isEqualTo("s3cret");
      assertThat(seen.headers()).doesNotContainKey("Metadata");
      assertThat(seen.query())
          .isEqualTo(Map.of("api-version", "2019-08-01", "resource", "https://vault.azure.net"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//"})
  void podIdentityAuthorityHostIsAskedAsImds(String slashes) {
    try (StubBroker broker = new StubBroker().answers(TOKEN)) {
      client(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", broker.base() + slashes)).token("r");

      StubBroker.Seen seen = broker.onlySeen();
      assertThat(seen.path()).isEqualTo("/metadata/identity/oauth2/token");
      assertThat(seen.headers().getFirst("Metadata")).isEqualTo("true");
      assertThat(seen.query()).isEqualTo(Map.of("api-version", "2018-02-01", "resource", "r"));
    }
  }

  @Test
  void withoutAnySettingItIsAtTheUsualPlace() {
    assertThat(BrokerEndpoint.find(Map.of("IDENTITY_ENDPOINT", " ")).endpoint())
        .isEqualTo(URI.create("http://127.0.0.1:16925/metadata/identity/oauth2/token"));
  }

  @Test
  void anEndpointWithoutItsSecretIsNotGuessedAround() {
    assertThatIllegalStateException()
        .isThrownBy(() -> client(Map.of("IDENTITY_ENDPOINT", "http://127.0.0.1:1/msi/token")))
        .withMessageContaining("IDENTITY_HEADER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:16925",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1/?a=b",
        "http://user@127.0.0.1",
        "http://127.0.0.1 x"
      })
  void whatIsNoPlainUrlIsRefusedByName(String value) {
    assertThatIllegalStateException()
        .isThrownBy(() -> client(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", value)))
        .withMessageStartingWith("AZURE_POD_IDENTITY_AUTHORITY_HOST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1",
        "http://169.254.169.254",
        "http://broker.default.svc",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://[fe80::1]",
        "http://[::ffff:10.0.0.1]"
      })
  void anAddressOutsideThePodIsRefusedUnlessAllowed(String base) {
    TokenClientBuilder builder =
        TokenClient.builder().environment(Map.of()).broker(URI.create(base));
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("loopback")
        .withMessageContaining(base);
    assertThatCode(() -> builder.allowNonLoopback().build()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1",
        "http://127.1.2.3",
        "http://LOCALHOST:1",
        "http://[::1]:1",
        "http://[0:0:0:0:0:0:0:1]"
      })
  void everySpellingOfLoopbackIsTaken(String base) {
    assertThat(Loopback.is(URI.create(base))).isTrue();
  }

  @Test
  void theSecretIsMasked() {
    BrokerEndpoint address =
        BrokerEndpoint.appService(URI.create("http://127.0.0.1:1/msi/token"), "s3cret");
    assertThat(address.toString()).isEqualTo("http://127.0.0.1:1/msi/token");
  }

  private static TokenClient client(Map<String, String> environment) {
    return TokenClient.builder().environment(environment).build();
  }
}

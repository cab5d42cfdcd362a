package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import dev.tokenbroker.identity.Tokens;
import dev.tokenbroker.token.TokenKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that clients send to the path behind IDENTITY_ENDPOINT and MSI_ENDPOINT. */
class MsiDialectsTest {

  private static final String SECRET = "a-secret-of-this-pod";
  private static final String ASK = "/msi/token?resource=" + ListenerRig.VAULT;

  private final ListenerRig rig =
      new ListenerRig(
          ListenerRig.optionsWithSecret(SECRET),
          ListenerRig.identity("one", ListenerRig.ONE),
          ListenerRig.identity("two", ListenerRig.TWO));

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "App Service 2019-08-01        | api-version=2019-08-01 | X-IDENTITY-HEADER: a-secret-of-this-pod | app_service",
        "mssql-jdbc 11, by MSI_ENDPOINT | api-version=2019-08-01 | x-identity-header: a-secret-of-this-pod | app_service",
        "MSAL, Azure ML style          | api-version=2017-09-01&clientid= | secret: a-secret-of-this-pod | msi_secret",
        "go-autorest                   | api-version=2017-09-01 | Secret: a-secret-of-this-pod            | msi_secret",
        "terraform                     | api-version=2019-08-01 | Metadata: true                          | cloud_shell",
        "msal4j, Cloud Shell by GET    | x=                     | Metadata: true                          | cloud_shell",
      })
  void eachDialectGetsTheSameBody(String who, String query, String header, String dialect)
      throws Exception {
    Response response = rig.get(ASK + "&" + query, header);

    assertThat(response.status()).isEqualTo(200);
    assertThat(ListenerRig.json(response).fieldNames())
        .containsExactly(
            "access_token",
            "client_id",
            "expires_in",
            "expires_on",
            "ext_expires_in",
            "not_before",
            "resource",
            "token_type");
    assertThat(rig.awaitFinished().dialect()).isEqualTo(dialect);
  }

  @Test
  void azShowsTheSecretAndTheMetadataHeaderAndTheSecretCounts() throws IOException {
    assertThat(rig.get(ASK, "Metadata: true", "X-IDENTITY-HEADER: " + SECRET).status())
        .isEqualTo(200);
    assertThat(rig.get(ASK, "Metadata: true", "X-IDENTITY-HEADER: wrong").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-IDENTITY-HEADER: wrong",
        "X-IDENTITY-HEADER: a-secret-of-this-po",
        "X-IDENTITY-HEADER: a-secret-of-this-podd",
        "X-IDENTITY-HEADER: ",
        "secret: wrong"
      })
  void aWrongSecretIs401WithTheUnionBody(String header) throws IOException {
    Response response = rig.get(ASK, header);

    assertThat(response.status()).isEqualTo(401);
    assertThat(ListenerRig.json(response).getInteger("statusCode")).isEqualTo(401);
    assertThat(ListenerRig.json(response).getString("message"))
        .isEqualTo(ListenerRig.json(response).getString("error_description"))
        .contains("IDENTITY_HEADER");
    assertThat(response.body()).doesNotContain(SECRET);
  }

  @Test
  void aCallerWhoShowsNothingGets400() throws IOException {
    Response response = rig.get(ASK);

    assertThat(response.status()).isEqualTo(400);
    assertThat(ListenerRig.json(response).getString("error_description"))
        .contains("X-IDENTITY-HEADER");
  }

  @Test
  void withoutASecretConfiguredAnyValueGuardsAgainstForgedRequests() throws IOException {
    try (ListenerRig open = new ListenerRig()) {
      assertThat(open.get(ASK, "X-IDENTITY-HEADER: anything").status()).isEqualTo(200);
      assertThat(open.get(ASK, "secret: anything").status()).isEqualTo(200);
      assertThat(open.get(ASK, "X-IDENTITY-HEADER: ").status()).isEqualTo(401);
    }
  }

  @Test
  void cloudShellPostsAForm() throws IOException {
    Response response =
        rig.post(
            "/msi/token",
            "resource=" + ListenerRig.VAULT + "&client_id=" + ListenerRig.TWO,
            "Metadata: true");

    assertThat(response.status()).isEqualTo(200);
    assertThat(ListenerRig.json(response).getString("resource"))
        .isEqualTo("https://vault.azure.net");
    assertThat(ListenerRig.json(response).getString("client_id")).isEqualTo(ListenerRig.TWO);
  }

  @Test
  void cloudShellMayPostInChunks() throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      Response response =
          client
              .send(
                  "POST /msi/token HTTP/1.1\r\nHost: localhost\r\nMetadata: true\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\nb\r\nresource=ab\r\n1\r\nc\r\n0\r\n\r\n")
              .read();

      assertThat(ListenerRig.json(response).getString("resource")).isEqualTo("abc");
    }
  }

  @ParameterizedTest
  @CsvSource({"X-IDENTITY-HEADER, app_service", "Secret, msi_secret"})
  void aSecretMayComeWithAFormAsAzureAutomationsSampleSendsIt(String header, String dialect)
      throws Exception {
    Response response =
        rig.post(
            "/msi/token?api-version=2019-08-01",
            "resource=https%3A%2F%2Fmanagement.azure.com%2F&client_id=" + ListenerRig.TWO,
            header + ": " + SECRET,
            "Metadata: True");

    assertThat(response.status()).isEqualTo(200);
    assertThat(ListenerRig.json(response).getString("resource"))
        .isEqualTo("https://management.azure.com/");
    assertThat(ListenerRig.json(response).getString("client_id")).isEqualTo(ListenerRig.TWO);
    assertThat(rig.awaitFinished().dialect()).isEqualTo(dialect);
  }

  @Test
  void aPostWithoutAFormIsReadFromItsQuery() throws IOException {
    assertThat(rig.post(ASK, "", "X-IDENTITY-HEADER: " + SECRET).status()).isEqualTo(200);
  }

  @Test
  void appServiceAnswersGetAndPostOnly() throws IOException {
    Response response = rig.send("PUT " + ASK + " HTTP/1.1", "X-IDENTITY-HEADER: " + SECRET);

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("allow", "GET, POST");
  }

  @Test
  void aResourceThatOldMssqlJdbcLeavesUnencodedIsTaken() throws IOException {
    Response response =
        rig.get(
            "/msi/token?resource=https://database.windows.net/&api-version=2019-08-01",
            "X-IDENTITY-HEADER: " + SECRET);

    assertThat(ListenerRig.json(response).getString("resource"))
        .isEqualTo("https://database.windows.net/");
  }

  @Test
  void aCallerWhoHandlesClaimsChallengesGetsATokenOfItsOwn() throws IOException {
    rig.get(ASK + "&api-version=2025-03-30&xms_cc=cp1", "X-IDENTITY-HEADER: " + SECRET);
    rig.get(ASK + "&api-version=2025-03-30", "X-IDENTITY-HEADER: " + SECRET);

    assertThat(rig.source.requested())
        .extracting(TokenKey::claimsChallenges)
        .containsExactly(true, false);
  }

  @Test
  void theHashOfTheTokenHeldBringsANewOneAndAnyOtherHashTheTokenHeld() throws Exception {
    rig.source.give(ListenerRig.ONE, Tokens.opaque("old"));
    rig.source.giveInstead(Tokens.opaque("new"));

    assertThat(tokenAfterRefusalOf("old")).isEqualTo("new");
    assertThat(tokenAfterRefusalOf("another")).isEqualTo("old");
  }

  @Test
  void aMalformedHashIs400() throws IOException {
    Response response =
        rig.get(ASK + "&token_sha256_to_refresh=abc", "X-IDENTITY-HEADER: " + SECRET);

    assertThat(response.status()).isEqualTo(400);
    assertThat(ListenerRig.json(response).getString("message")).contains("64 hexadecimal digits");
  }

  private String tokenAfterRefusalOf(String token) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    Response response =
        rig.get(
            ASK + "&token_sha256_to_refresh=" + HexFormat.of().formatHex(hash),
            "X-IDENTITY-HEADER: " + SECRET);
    return ListenerRig.json(response).getString("access_token");
  }
}

package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import dev.tokenbroker.identity.Tokens;
import dev.tokenbroker.token.TokenKey;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The IMDS dialect, as client-side code sees it on the wire. */
class ImdsTest {

  private final ListenerRig rig = new ListenerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theSuccessBodyIsExactToTheByte() throws IOException {
    rig.source.give(ListenerRig.ONE, Tokens.opaque("eyJ.tok-en_.sig"));

    Response response = rig.ask("api-version=2018-02-01&resource=" + ListenerRig.VAULT);

    assertThat(response.body())
        .isEqualTo(
            "{\"access_token\":\"eyJ.tok-en_.sig\","
                + "\"client_id\":\"11111111-1111-1111-1111-11111111111a\","
                + "\"expires_in\":\"3599\",\"expires_on\":\"1795517999\","
                + "\"ext_expires_in\":\"3599\",\"not_before\":\"1795514400\","
                + "\"resource\":\"https://vault.azure.net\",\"token_type\":\"Bearer\"}");
  }

  @Test
  void theSuccessHeadersAreThoseThatEveryClientTakes() throws IOException {
    Response response = rig.ask("resource=" + ListenerRig.VAULT);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store")
        .containsEntry("content-length", Integer.toString(response.body().length()))
        .doesNotContainKey("transfer-encoding");
  }

  @Test
  void aLongTokenIsNotSentInChunks() throws IOException {
    rig.source.give(ListenerRig.ONE, Tokens.opaque("x".repeat(20_000)));

    Response response = rig.ask("resource=" + ListenerRig.VAULT);

    assertThat(response.headers()).doesNotContainKey("transfer-encoding");
    assertThat(ListenerRig.json(response).getString("access_token")).hasSize(20_000);
  }

  @Test
  void theSecondsLeftGoDownWhileTheExpiryStays() throws IOException {
    assertThat(ListenerRig.json(rig.ask("resource=r")).getString("expires_in")).isEqualTo("3599");
    rig.setTime(Tokens.ISSUED.plusMillis(600_500));

    Response later = rig.ask("resource=r");

    assertThat(ListenerRig.json(later).getString("expires_in")).isEqualTo("2998");
    assertThat(ListenerRig.json(later).getString("ext_expires_in")).isEqualTo("2998");
    assertThat(ListenerRig.json(later).getString("expires_on")).isEqualTo("1795517999");
    assertThat(later.headers())
        .containsEntry("content-length", Integer.toString(later.body().length()));
  }

  @Test
  void aRenewedTokenIsServedAtOnce() throws IOException {
    rig.ask("resource=r");
    rig.source.give(ListenerRig.ONE, Tokens.opaque("renewed"));

    assertThat(ListenerRig.json(rig.ask("resource=r")).getString("access_token"))
        .isEqualTo("renewed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https%3A%2F%2Fdatabase.windows.net%2F",
        "https://database.windows.net/",
        "https%3a%2f%2Fdatabase.windows.net/"
      })
  void theResourceIsEchoedAndItsSlashKept(String sent) throws IOException {
    Response response = rig.ask("resource=" + sent);

    assertThat(ListenerRig.json(response).getString("resource"))
        .isEqualTo("https://database.windows.net/");
    assertThat(rig.source.requested())
        .extracting(TokenKey::scope)
        .containsExactly("https://database.windows.net//.default");
  }

  @Test
  void twoSpellingsOfOneScopeAreEachEchoedAsSent() throws IOException {
    assertThat(ListenerRig.json(rig.ask("resource=api://a")).getString("resource"))
        .isEqualTo("api://a");
    assertThat(ListenerRig.json(rig.ask("resource=api://a/.default")).getString("resource"))
        .isEqualTo("api://a/.default");
  }

  @Test
  void whatJsonMustEscapeInAResourceComesBackTheSame() throws IOException {
    assertThat(ListenerRig.json(rig.ask("resource=api://%22quoted%22%5C")).getString("resource"))
        .isEqualTo("api://\"quoted\"\\");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resource=r",
        "api-version=2019-08-01&resource=r",
        "api-version=nonsense&resource=r",
        "&&resource=r&",
        "bypass_cache=true&resource=r&novalue&x=%zz",
        "resource=r&client_id=",
        "RESOURCE=r"
      })
  void anyOtherParameterIsIgnored(String query) throws IOException {
    assertThat(rig.ask(query).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Metadata: true", "metadata: TRUE", "METADATA:True"})
  void theMetadataHeaderIsTakenInAnyCase(String header) throws IOException {
    assertThat(rig.get(ListenerRig.TOKEN_PATH + "?resource=r", header).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Other: true", "Metadata: false", "Metadata: ", "Metadata: true, true"})
  void aProbeGetsExactlyTheRefusalThatSdksLookFor(String header) throws IOException {
    Response response = rig.get(ListenerRig.TOKEN_PATH, header);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.reason()).isEqualTo("Bad Request");
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store");
    assertThat(response.body())
        .matches(
            "\\{\"error\":\"invalid_request\","
                + "\"error_description\":\"Required metadata header not specified\","
                + "\"statusCode\":400,\"message\":\"Required metadata header not specified\","
                + "\"correlationId\":\"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}"
                + "-[0-9a-f]{12}\"}");
    assertThat(rig.source.requested()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void otherMethodsAreRefusedAndToldWhichOneWorks(String method) throws IOException {
    Response response =
        rig.send(method + " " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1", "Metadata: true");

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("allow", "GET");
    assertThat(ListenerRig.json(response).getInteger("statusCode")).isEqualTo(405);
    assertThat(rig.source.requested()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api-version=2018-02-01",
        "resource=",
        "resource",
        "resource=a&resource=b",
        "resource=a&resource=a",
        "resource=a%20b",
        "resource=a+b",
        "resource=a%00",
        "resource=a%0d%0ab",
        "resource=%zz",
        "resource=a%2",
        "resource=%ff",
        "resource=%C3%A4"
      })
  void aResourceThatIsNoneIsRefused(String query) throws IOException {
    Response response = rig.ask(query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(ListenerRig.json(response).getString("error")).isEqualTo("invalid_request");
    assertThat(ListenerRig.json(response).getString("message")).contains("'resource'");
    assertThat(rig.source.requested()).isEmpty();
  }

  @Test
  void aResourceOf512CharactersIsTakenAndALongerOneIsNot() throws IOException {
    assertThat(rig.ask("resource=" + "r".repeat(512)).status()).isEqualTo(200);
    assertThat(rig.ask("resource=" + "r".repeat(513)).status()).isEqualTo(400);
  }

  @Test
  void aServedRequestAndAProbeAreObserved() throws Exception {
    rig.ask("resource=r");
    rig.get(ListenerRig.TOKEN_PATH);

    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.SERVED, 200));
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.UNPROVEN, 400));
  }
}

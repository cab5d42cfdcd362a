package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntraResponseTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"3599", "\"3599\""})
  void theLifeMayBeANumberOrANumericString(String expiresIn) throws Exception {
    AccessToken token = verdict().of(success("\"expires_in\":" + expiresIn));

    assertThat(token.value()).isEqualTo("the-token");
    assertThat(token.issuedAt()).isEqualTo(NOW);
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3599));
    assertThat(token.refreshIn()).isEmpty();
  }

  @Test
  void entrasAdviceWhenToRenewIsKept() throws Exception {
    AccessToken token = verdict().of(success("\"expires_in\":86400,\"refresh_in\":43200"));

    assertThat(token.refreshIn()).contains(Duration.ofHours(12));
  }

  @Test
  void adviceBeyondTheEndIsNone() throws Exception {
    AccessToken token = verdict().of(success("\"expires_in\":3600,\"refresh_in\":3600"));

    assertThat(token.refreshIn()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "<html>",
        "{\"token_type\":\"Bearer\",\"expires_in\":35",
        "{\"token_type\":\"Bearer\",\"expires_in\":3599}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"t\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"t\",\"expires_in\":0}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"t\",\"expires_in\":\"soon\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"\",\"expires_in\":1}",
        "{\"token_type\":7,\"access_token\":\"t\",\"expires_in\":1}",
        "{\"token_type\":\"pop\",\"access_token\":\"t\",\"expires_in\":1}",
      })
  void a200WithoutAUsableTokenIsAPassingFailure(String body) {
    assertThat(failureOf(response(200, body))).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Too Many Requests",
        "",
        "{\"error\":\"temporarily_unavailable\",\"error_description\":\"slow down\"}"
      })
  void a429IsThrottlingWhateverItsBody(String body) {
    EntraTransport.Response response = response(429, body, "Retry-After", "17");

    assertThat(failureOf(response)).isInstanceOf(Throttled.class);
    assertThat(failureOf(response).retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void retryAfterMayBeADate() {
    EntraTransport.Response response =
        response(503, "", "Retry-After", "Tue, 24 Nov 2026 08:01:30 GMT");

    assertThat(failureOf(response).retryAfter()).contains(Duration.ofSeconds(90));
  }

  @ParameterizedTest(name = "{0}, AADSTS{1}: {2}")
  @CsvSource({
    "400, 90055,  Throttled",
    "400, 90033,  Unavailable",
    "401, 90061,  Unavailable",
    "500, 700016, Unavailable",
    "503, 0,      Unavailable",
    "400, 700016, Rejected",
    "401, 7002138, Rejected",
    "403, 53003,  Rejected",
    "400, 999999, Rejected",
  })
  void statusAndNumberDecideTogether(int status, int number, String kind) {
    assertThat(failureOf(refusal(status, number)).getClass().getSimpleName()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 404, 502})
  void anAnswerThatIsNotEntrasIsAPassingFailure(int status) {
    assertThat(failureOf(response(status, "<html>gateway</html>"))).isInstanceOf(Unavailable.class);
  }

  @Test
  void theDescriptionEndsWhereTheIdsBegin() {
    Rejected rejected = (Rejected) failureOf(refusal(400, 700016));

    assertThat(rejected.message()).isEqualTo("AADSTS700016: It is so.");
    assertThat(rejected.aadsts()).isEqualTo(700016);
    assertThat(rejected.correlationId()).isEqualTo("entras-id");
  }

  @Test
  void withoutEntrasCorrelationIdOursIsUsed() {
    EntraTransport.Response response = response(400, "{\"error\":\"invalid_client\"}");

    assertThat(((Rejected) failureOf(response)).correlationId()).isEqualTo("our-id");
  }

  @Test
  void aLongDescriptionIsCut() {
    String body = "{\"error\":\"e\",\"error_description\":\"" + "x".repeat(50_000) + "\"}";

    assertThat(failureOf(response(400, body)).message()).hasSize(1000);
  }

  @Test
  void theHintNamesWhatThePodsTokenSaysAndIsSafeToPaste() {
    Rejected rejected = (Rejected) failureOf(refusal(401, 700213));

    assertThat(rejected.hint())
        .endsWith(
            "az identity federated-credential create --name token-broker"
                + " --identity-name <identity> --resource-group <group>"
                + " --issuer 'https://issuer/'"
                + " --subject 'system:serviceaccount:shop:it'\\''s'"
                + " --audiences 'api://AzureADTokenExchange'");
  }

  @Test
  void aTokenForTheAksProxyIsNamedAsTheCause() {
    FederatedClaims claims =
        new FederatedClaims("i", "s", List.of("api://AKSIdentityBinding"), NOW, NOW);
    EntraResponse verdict =
        new EntraResponse(NOW, "our-id", Optional.of(claims), OutboundRoute.direct());

    TokenFailureException refused =
        catchThrowableOfType(TokenFailureException.class, () -> verdict.of(refusal(401, 7002121)));

    assertThat(((Rejected) refused.failure()).hint()).contains("only the AKS token proxy takes");
  }

  private static EntraTransport.Response success(String life) {
    return response(200, "{\"token_type\":\"Bearer\",\"access_token\":\"the-token\"," + life + "}");
  }

  private static EntraTransport.Response refusal(int status, int number) {
    return response(
        status,
        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS"
            + number
            + ": It is so. Trace ID: t Correlation ID: c Timestamp: now\",\"error_codes\":["
            + number
            + "],\"correlation_id\":\"entras-id\"}");
  }

  private static EntraTransport.Response response(int status, String body, String... header) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (header.length == 2) {
      headers.add(header[0], header[1]);
    }
    return new EntraTransport.Response(status, headers, body);
  }

  private static TokenFailure failureOf(EntraTransport.Response response) {
    return catchThrowableOfType(TokenFailureException.class, () -> verdict().of(response))
        .failure();
  }

  private static EntraResponse verdict() {
    return new EntraResponse(
        NOW,
        "our-id",
        Optional.of(
            new FederatedClaims(
                "https://issuer/",
                "system:serviceaccount:shop:it's",
                List.of("api://AzureADTokenExchange"),
                NOW,
                NOW.plusSeconds(3600))),
        OutboundRoute.direct());
  }
}

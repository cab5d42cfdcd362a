package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final String SECRET = "entra-token-value";
  private static final Verdict VERDICT = new Verdict(NOW, "sent-id", Optional.empty());

  @ParameterizedTest
  @ValueSource(strings = {"3599", "'3599'", "3599.0"})
  void theLifeOfATokenIsCountedFromItsArrival(String expiresIn) throws TokenException {
    AccessToken token = token(life(expiresIn, ""));

    assertThat(token.value()).isEqualTo(SECRET);
    assertThat(token.issuedAt()).isEqualTo(NOW);
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3599));
    assertThat(token.refreshIn()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "'0'",
        "'-1'",
        "'soon'",
        "''",
        "null",
        "true",
        "{}",
        "9223372036854775807",
        "1e300",
        "-9223372036854775808"
      })
  void withoutALifeThatMakesSenseItIsNoToken(String expiresIn) {
    assertThat(noToken(life(expiresIn, ""))).contains("200 without a usable token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1800", "'1800'"})
  void entrasAdviceWhenToRenewIsKept(String refreshIn) throws TokenException {
    assertThat(token(life("3599", ",'refresh_in':" + refreshIn)).refreshIn())
        .contains(Duration.ofSeconds(1800));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3599", "86400", "'x'", "null", "9223372036854775807"})
  void adviceThatMakesNoSenseIsIgnored(String refreshIn) throws TokenException {
    assertThat(token(life("3599", ",'refresh_in':" + refreshIn)).refreshIn()).isEmpty();
  }

  @Test
  void theTypeOfATokenHasNoCase() throws TokenException {
    assertThat(token(life("3599", "").replace("Bearer", "bearer")).value()).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "5",
        "[]",
        "{}",
        "<html>",
        "{'token_type':'Bearer','expires_in':35",
        "{'token_type':'Bearer','expires_in':3599}",
        "{'token_type':'Bearer','expires_in':3599,'access_token':''}",
        "{'token_type':'Bearer','expires_in':3599,'access_token':5}",
        "{'token_type':'pop','expires_in':3599,'access_token':'entra-token-value'}",
        "{'token_type':5,'expires_in':3599,'access_token':'entra-token-value'}",
        "{'expires_in':3599,'access_token':'entra-token-value'}",
        "{'token_type':'Bearer','access_token':'entra-token-value'}",
      })
  void aSuccessWithoutAUsableTokenIsNone(String body) {
    assertThat(noToken(body)).contains("200 without a usable token");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 700016, unauthorized_client, LASTING",
    "401, 7002138, invalid_client, PROPAGATING",
    "401, 700024, invalid_client, PROPAGATING",
    "400, 53003, access_denied, BLOCKED",
    "400, 123456, invalid_request, LASTING",
  })
  void aRefusalKeepsEntrasCodeNumberAndWords(int status, int number, String code, Outlook outlook) {
    Rejected rejected = (Rejected) failure(status, error(code, number, "No."));

    assertThat(rejected.error()).isEqualTo(code);
    assertThat(rejected.aadsts()).isEqualTo(number);
    assertThat(rejected.message()).isEqualTo("AADSTS" + number + ": No.");
    assertThat(rejected.correlationId()).isEqualTo("theirs");
    assertThat(rejected.outlook()).isEqualTo(outlook);
    assertThat(rejected.hint().isEmpty()).isEqualTo(number == 123456);
  }

  @Test
  void aRefusalWithoutNumberIdOrDescriptionIsStillOne() {
    Rejected rejected = (Rejected) failure(400, "{'error':'invalid_scope'}");

    assertThat(rejected.error()).isEqualTo("invalid_scope");
    assertThat(rejected.aadsts()).isZero();
    assertThat(rejected.message()).isEqualTo("invalid_scope");
    assertThat(rejected.correlationId()).isEqualTo("sent-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AADSTS700016: Not found.\\r\\nTrace ID: 1\\r\\nCorrelation ID: 2",
        "AADSTS700016: Not found.\\nTrace ID: 1",
        "AADSTS700016: Not found. Trace ID: 1 Correlation ID: 2 Timestamp: 3",
      })
  void aDescriptionIsCutToItsFirstLineAndItsNumberReadFromIt(String description) {
    Rejected rejected =
        (Rejected) failure(400, "{'error':'e','error_description':'" + description + "'}");

    assertThat(rejected.message()).isEqualTo("AADSTS700016: Not found.");
    assertThat(rejected.aadsts()).isEqualTo(700016);
  }

  @Test
  void aDescriptionIsBounded() {
    Rejected rejected = (Rejected) failure(400, error("e", 700016, "x".repeat(100_000)));

    assertThat(rejected.message()).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Too Many Requests", "", "<html>", "{'error':'x'}", "null"})
  void status429IsThrottlingWhateverTheBody(String body) {
    assertThat(failure(429, body)).isInstanceOf(Throttled.class);
    assertThat(failure(429, body).retryAfter()).isEmpty();
    assertThat(failure(429, body, "17").retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void aThrottlingNumberIsThrottlingWhateverTheStatus() {
    assertThat(failure(503, error("temporarily_unavailable", 90055, "Throttled."), "5"))
        .isEqualTo(
            new Throttled(
                "Entra throttles: AADSTS90055: Throttled.", Optional.of(Duration.ofSeconds(5))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "502|<html><body>Bad Gateway</body></html>",
        "503|Service Unavailable",
        "500|null",
        "504|\"\"",
        "403|<html>blocked by the gateway</html>",
        "404|[]",
        "302|\"\"",
        "204|\"\"",
        "400|{'error':5}",
      },
      quoteCharacter = '"')
  void anAnswerThatIsNotEntrasIsNamedByItsStatus(int status, String body) {
    assertThat(failure(status, body == null ? "" : body, "3"))
        .isEqualTo(
            new Unavailable(
                "Entra cannot answer now: Entra answered with status " + status,
                Optional.of(Duration.ofSeconds(3))));
  }

  @ParameterizedTest
  @CsvSource({"503, 90033", "400, 90033", "400, 50166", "500, 700016"})
  void aPassingErrorIsUnavailable(int status, int number) {
    TokenFailure failure = failure(status, error("e", number, "Later."));

    assertThat(failure).isInstanceOf(Unavailable.class);
    assertThat(failure.message()).startsWith("Entra cannot answer now: AADSTS" + number);
  }

  private static String life(String expiresIn, String more) {
    return "{'token_type':'Bearer','access_token':'"
        + SECRET
        + "','expires_in':"
        + expiresIn
        + more
        + "}";
  }

  private static String error(String code, int number, String text) {
    return "{'error':'%s','error_description':'AADSTS%d: %s','error_codes':[%d],'correlation_id':'theirs'}"
        .formatted(code, number, text, number);
  }

  private static AccessToken token(String body) throws TokenException {
    return VERDICT.of(response(200, body, MultiMap.caseInsensitiveMultiMap()));
  }

  private static String noToken(String body) {
    TokenFailure failure = failure(200, body);
    assertThat(failure).isInstanceOf(Unavailable.class);
    return failure.message();
  }

  private static TokenFailure failure(int status, String body) {
    return failure(response(status, body, MultiMap.caseInsensitiveMultiMap()));
  }

  private static TokenFailure failure(int status, String body, String retryAfter) {
    return failure(
        response(status, body, MultiMap.caseInsensitiveMultiMap().add("retry-after", retryAfter)));
  }

  private static TokenFailure failure(RawResponse response) {
    TokenException thrown = catchThrowableOfType(TokenException.class, () -> VERDICT.of(response));
    assertThat(thrown).as("no token").isNotNull();
    assertThat(thrown.failure().toString()).doesNotContain(SECRET);
    return thrown.failure();
  }

  private static RawResponse response(int status, String body, MultiMap headers) {
    return new RawResponse(status, headers, body.replace('\'', '"'));
  }
}

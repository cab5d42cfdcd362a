package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller gets when there is no token. */
class ErrorMapperTest {

  private final ListenerRig rig = new ListenerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private Response askWhen(TokenFailure failure) throws IOException {
    rig.source.fail(ListenerRig.ONE, failure);
    return rig.ask("resource=r");
  }

  private static TokenFailure rejected(int aadsts, String message, String hint) {
    return new TokenFailure.Rejected(
        "unauthorized_client",
        aadsts,
        message,
        "c0ffee00-0000-0000-0000-000000000000",
        hint.isEmpty() ? Optional.empty() : Optional.of(Remedy.of(hint, "")),
        TokenFailure.Outlook.LASTING);
  }

  @Test
  void aRefusalOfEntraIsPassedOnToTheByte() throws Exception {
    Response response =
        askWhen(rejected(700016, "Application not found.", "Check \"AZURE_TENANT_ID\""));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.reason()).isEqualTo("Forbidden");
    String text = "AADSTS700016: Application not found. Check \\\"AZURE_TENANT_ID\\\"";
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"unauthorized_client\",\"error_description\":\""
                + text
                + "\","
                + "\"statusCode\":403,\"message\":\""
                + text
                + "\","
                + "\"correlationId\":\"c0ffee00-0000-0000-0000-000000000000\"}");
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.REJECTED, 403));
  }

  @ParameterizedTest
  @CsvSource({
    "700016, AADSTS700016: Gone., Fix it, AADSTS700016: Gone. Fix it",
    "700016, Gone, Fix it, AADSTS700016: Gone. Fix it",
    "700016, Gone, '', AADSTS700016: Gone",
    "0, Gone, '', Gone"
  })
  void theCodeStandsInFrontOnceAndTheHintBehind(
      int aadsts, String message, String hint, String text) throws IOException {
    Response response = askWhen(rejected(aadsts, message, hint));

    assertThat(ListenerRig.json(response).getString("error_description")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host unreachable", "UNREACHABLE", "the issuer is Unreachable."})
  void noForbiddenAnswerSaysUnreachable(String said) throws IOException {
    Response response = askWhen(rejected(700016, said, "Make what is unreachable reachable"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).doesNotContainIgnoringCase("unreachable").contains("not reachable");
  }

  @Test
  void onTheAppServicePathTheTextStandsUnderItsOldNameToo() throws IOException {
    rig.source.fail(ListenerRig.ONE, rejected(700016, "Gone", "Fix it"));

    Response response = rig.get("/msi/token?resource=r", "X-IDENTITY-HEADER: any");

    assertThat(response.status()).isEqualTo(403);
    assertThat(ListenerRig.json(response).getString("Message"))
        .isEqualTo("AADSTS700016: Gone. Fix it");
    assertThat(ListenerRig.json(response).getString("message"))
        .isEqualTo("AADSTS700016: Gone. Fix it");
  }

  @Test
  void whatTheDialectIsNotKnownOfYetIsSaidUnderBothNamesToo() throws IOException {
    assertThat(ListenerRig.json(rig.get("/msi/token?resource=r")).getString("Message"))
        .contains("X-IDENTITY-HEADER");
  }

  @Test
  void throttlingTellsHowLongEntraWantsToBeLeftAlone() throws Exception {
    Response response =
        askWhen(new TokenFailure.Throttled("slow down", Optional.of(Duration.ofSeconds(42))));

    assertThat(response.status()).isEqualTo(429);
    assertThat(response.reason()).isEqualTo("Too Many Requests");
    assertThat(response.headers()).containsEntry("retry-after", "42");
    assertThat(ListenerRig.json(response).getString("message")).isEqualTo("slow down");
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.THROTTLED, 429));
  }

  @Test
  void throttlingWithoutAdviceMeansTenSeconds() throws IOException {
    assertThat(askWhen(new TokenFailure.Throttled("slow down", Optional.empty())).headers())
        .containsEntry("retry-after", "10");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 1", "PT0.2S, 1", "PT1S, 1", "PT1.001S, 2", "PT5M, 300", "PT-3S, 1"})
  void retryAfterIsInWholeSecondsAndNeverNow(Duration wait, String seconds) throws IOException {
    assertThat(askWhen(new TokenFailure.Unavailable("down", Optional.of(wait))).headers())
        .containsEntry("retry-after", seconds);
  }

  @Test
  void withEntraDownTheCallerMayComeBack() throws Exception {
    Response response = askWhen(new TokenFailure.Unavailable("Entra is down", Optional.empty()));

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.reason()).isEqualTo("Service Unavailable");
    assertThat(response.headers()).containsEntry("retry-after", "5");
    assertThat(ListenerRig.json(response).getString("error")).isEqualTo("temporarily_unavailable");
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.UNAVAILABLE, 503));
  }

  @Test
  void withoutAnAssertionTheCallerMayComeBack() throws Exception {
    Response response = askWhen(new TokenFailure.NoAssertion("The token file is empty"));

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsEntry("retry-after", "5");
    assertThat(ListenerRig.json(response).getString("message"))
        .isEqualTo("The token file is empty");
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.NO_ASSERTION, 503));
  }

  @Test
  void aDefectIsAnsweredInJsonAndTellsNothing() throws Exception {
    rig.source.answer(
        ListenerRig.ONE, Future.failedFuture(new IllegalStateException("inner secret")));

    Response response = rig.ask("resource=r");

    assertThat(response.status()).isEqualTo(500);
    assertThat(ListenerRig.json(response).getString("error")).isEqualTo("server_error");
    assertThat(response.body()).doesNotContain("secret");
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.FAILED, 500));
  }

  @Test
  void controlCharactersAndGreatLengthStayValidAndBounded() throws IOException {
    Response response = askWhen(rejected(1, "line\r\nline\t\u0001" + "x".repeat(100_000), "hint"));

    assertThat(ListenerRig.json(response).getString("message"))
        .startsWith("AADSTS1: line\r\nline\t\u0001xxx")
        .hasSize(ErrorBody.MAX_TEXT_CHARS);
  }

  @Test
  void eachRefusalWithoutOneOfEntrasGetsItsOwnCorrelationId() throws IOException {
    assertThat(ListenerRig.json(rig.ask("")).getString("correlationId"))
        .isNotEqualTo(ListenerRig.json(rig.ask("")).getString("correlationId"));
  }
}

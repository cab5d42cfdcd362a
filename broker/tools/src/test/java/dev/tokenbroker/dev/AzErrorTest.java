package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Complaints as az 2.45 and 2.91 write them. */
class AzErrorTest {

  private static final String LOGIN = "az login --tenant contoso.example";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR: Please run 'az login' to setup account.",
        "ERROR: No subscription found. Run 'az account set' to select a subscription.",
        "ERROR: Can't find token from MSAL cache.\nTo re-authenticate, please run:\naz login",
      })
  void whoeverIsNotLoggedInIsToldToLogIn(String complaint) {
    Rejected rejected = rejected(complaint);

    assertThat(rejected.error()).isEqualTo("login_required");
    assertThat(rejected.hint()).startsWith("az is not logged in. Run: az login");
    assertThat(rejected.outlook()).as("worth asking again soon").isEqualTo(Outlook.PROPAGATING);
  }

  @Test
  void azsOwnAdviceIsPassedOnWithItsScope() {
    Rejected rejected =
        rejected(
            """
            ERROR: AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access 'x'. Trace ID: 1 Correlation ID: 6c1a8a5e-3b0c-4a2e-9d53-0d7c7f5f2b10 Timestamp: 2026-11-24 12:00:00Z
            Run the command below to authenticate interactively; additional arguments may be added as needed:
            az logout
            az login --tenant "t" --scope "https://vault.azure.net/.default"
            """);

    assertThat(rejected.error()).isEqualTo("interaction_required");
    assertThat(rejected.aadsts()).isEqualTo(50076);
    assertThat(rejected.message()).startsWith("AADSTS50076: Due").endsWith("to access 'x'.");
    assertThat(rejected.correlationId()).isEqualTo("6c1a8a5e-3b0c-4a2e-9d53-0d7c7f5f2b10");
    assertThat(rejected.hint())
        .endsWith("az login --tenant \"t\" --scope \"https://vault.azure.net/.default\"");
  }

  @ParameterizedTest
  @CsvSource({
    "50076,   interaction_required, PROPAGATING",
    "700082,  interaction_required, PROPAGATING",
    "53003,   access_denied,        BLOCKED",
    "65001,   consent_required,     LASTING",
    "500011,  invalid_resource,     LASTING",
    "90002,   invalid_tenant,       LASTING",
    "7000215, invalid_grant,        PROPAGATING",
  })
  void entrasNumbersKeepTheirMeaning(int number, String error, Outlook outlook) {
    Rejected rejected = rejected("ERROR: AADSTS" + number + ": No.\nTrace ID: 1");

    assertThat(rejected.aadsts()).isEqualTo(number);
    assertThat(rejected.error()).isEqualTo(error);
    assertThat(rejected.outlook()).isEqualTo(outlook);
  }

  @Test
  void whatPassesByItselfIsNotARefusal() {
    assertThat(failure("ERROR: AADSTS90033: A transient error has occurred."))
        .isInstanceOf(TokenFailure.Unavailable.class);
    assertThat(failure("ERROR: AADSTS90055: Too many requests."))
        .isInstanceOf(TokenFailure.Throttled.class);
    assertThat(
            failure(
                "ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max"
                    + " retries exceeded with url: / (Caused by NameResolutionError(\"Failed to"
                    + " resolve\"))"))
        .isInstanceOf(TokenFailure.Unavailable.class);
  }

  @Test
  void anythingElseIsSaidInAzsOwnWords() {
    assertThat(rejected("WARNING: old\nERROR: Something odd happened.").message())
        .isEqualTo("Something odd happened.");
    assertThat(rejected("").message()).isEqualTo("az failed and did not say why");
    assertThat(rejected("ERROR: " + "x".repeat(9000)).message()).hasSizeLessThan(1000);
  }

  @Test
  void aTokenInAComplaintGoesNoFurther() {
    assertThat(failure("ERROR: cannot decode " + StubAz.TOKEN + " at all").toString())
        .contains("cannot decode *** at all")
        .doesNotContain("eyJ");
  }

  private static Rejected rejected(String complaint) {
    return (Rejected) failure(complaint);
  }

  private static TokenFailure failure(String complaint) {
    return AzError.of(complaint).failure(LOGIN);
  }
}

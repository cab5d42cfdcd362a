package dev.tokenbroker.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assembly.Running;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.emulator.FederatedCredential;
import dev.tokenbroker.emulator.OidcIssuer;
import dev.tokenbroker.testing.PodConfig;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller and an operator are told when Entra says no. */
class RefusalsTest {

  private static final String VAULT = "https://vault.azure.net";
  private static final String SUBJECT = OidcIssuer.subject("shop", "checkout");

  private final EmulatedPod pod = new EmulatedPod();
  private final String issuer = pod.entra().issuer().url();
  private Running running;

  @BeforeEach
  void start() {
    running = new Running(PodConfig.of(pod, Map.of()));
  }

  @AfterEach
  void close() {
    running.close();
    pod.close();
  }

  @Test
  void withoutAFederatedCredentialTheFixingCommandIsPrinted() {
    pod.entra().distrust(EmulatedPod.APP.clientId());

    assertThat(refusal("resource=" + VAULT).getString("error_description"))
        .startsWith("AADSTS70021: No matching federated identity record found")
        .contains("az identity federated-credential create")
        .contains("--issuer '" + issuer + "'")
        .contains("--subject '" + SUBJECT + "'")
        .contains("--audiences 'api://AzureADTokenExchange'");
  }

  @Test
  void anotherSubjectIsNamedAsTheCause() {
    trustOnly(new FederatedCredential(issuer, "system:serviceaccount:shop:Checkout", audience()));

    assertThat(refusal("resource=" + VAULT).getString("error_description"))
        .contains("AADSTS7002138")
        .contains("must match exactly")
        .contains("--subject '" + SUBJECT + "'");
  }

  @Test
  void anIssuerThatDiffersByASlashIsNamedAsTheCause() {
    trustOnly(new FederatedCredential("https://oidc.emulator.test/cluster", SUBJECT, audience()));

    assertThat(refusal("resource=" + VAULT).getString("error_description"))
        .contains("AADSTS7002111")
        .contains("mind the slash");
  }

  @Test
  void anotherAudienceIsNamedAsTheCause() {
    trustOnly(new FederatedCredential(issuer, SUBJECT, "api://AzureADTokenExchangeUSGov"));

    assertThat(refusal("resource=" + VAULT).getString("error_description"))
        .contains("AADSTS7002121")
        .contains("--audiences 'api://AzureADTokenExchange'");
  }

  @Test
  void aClientIdThatNeitherTheBrokerNorEntraKnowsIsNoIdentityOfThisPod() {
    assertThat(
            refusal("resource=" + VAULT + "&client_id=cccccccc-0000-0000-0000-00000000000c", 400)
                .getString("error_description"))
        .contains("AADSTS700016")
        .contains("AZURE_CLIENT_ID");
  }

  @Test
  void anIdentityThatIsConfiguredIsRefusedByEntraEvenIfEntraDoesNotKnowIt() {
    pod.entra().faults().next(notFound());

    assertThat(
            refusal("resource=" + VAULT + "&client_id=" + EmulatedPod.APP.clientId())
                .getString("error"))
        .isEqualTo("unauthorized_client");
  }

  @Test
  void anUnknownResourceIsRefusedInPlainWords() {
    pod.entra().forget("https://vault.azure.nte");

    assertThat(refusal("resource=https://vault.azure.nte").getString("error_description"))
        .contains("AADSTS500011")
        .contains("a typo");
  }

  @Test
  void anExpiredAssertionIsTriedAgainOnceWithTheFileAsItIsThen() {
    pod.entra()
        .faults()
        .next(
            new Fault.Answer(
                401,
                "application/json",
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: Client"
                    + " assertion is not within its valid time range.\",\"error_codes\":[700024]}"));

    running.token(VAULT);

    assertThat(pod.entra().exchanges()).hasSize(2);
  }

  @Test
  void theCorrelationIdIsEntras() {
    pod.entra().distrust(EmulatedPod.APP.clientId());

    JsonObject body = refusal("resource=" + VAULT);

    assertThat(body.getString("correlationId")).matches("[0-9a-f-]{36}");
    assertThat(body.getString("message")).isEqualTo(body.getString("error_description"));
  }

  @Test
  void throttlingByPlainTextIsPassedOnAs429WithTheTimeToWait() {
    pod.entra().faults().all(new Fault.Throttled(OptionalInt.of(7), true));

    HttpResponse<String> response = running.ask("resource=" + VAULT);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(7L, 9L);
    assertThat(running.metric("token_broker_exchanges_total{outcome=\"throttled\"}")).isEqualTo(1);
  }

  @Test
  void aPassingFailureIsTriedAgainBeforeTheCallerHearsOfIt() {
    pod.entra().faults().next(Fault.html());

    running.token(VAULT);

    assertThat(pod.entra().exchanges()).hasSize(2);
  }

  @Test
  void brokenAnswersAre503() {
    for (Fault fault : new Fault[] {Fault.empty(), Fault.truncated(), Fault.reset()}) {
      pod.entra().faults().clear();
      pod.entra().faults().all(fault);

      HttpResponse<String> response = running.ask("resource=api://" + fault.hashCode());

      assertThat(response.statusCode()).as(fault.toString()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
  }

  private static Fault notFound() {
    return new Fault.Answer(
        400,
        "application/json",
        "{\"error\":\"unauthorized_client\",\"error_description\":\"AADSTS700016: Application with"
            + " identifier was not found in the directory.\",\"error_codes\":[700016]}");
  }

  private JsonObject refusal(String query) {
    return refusal(query, 403);
  }

  private JsonObject refusal(String query, int status) {
    HttpResponse<String> response = running.ask(query);
    assertThat(response.statusCode()).isEqualTo(status);
    return new JsonObject(response.body());
  }

  private void trustOnly(FederatedCredential credential) {
    pod.entra().distrust(EmulatedPod.APP.clientId());
    pod.entra().trust(EmulatedPod.APP.clientId(), credential);
  }

  private static String audience() {
    return FederatedCredential.AUDIENCE;
  }
}

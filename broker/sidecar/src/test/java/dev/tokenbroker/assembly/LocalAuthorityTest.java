package dev.tokenbroker.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.tokenbroker.assembly.AuthorityApp.Answer;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.emulator.FederatedCredential;
import dev.tokenbroker.emulator.RecordedExchange;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.testing.PodConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority on loopback of a whole broker, over TLS, on the emulated Entra. */
class LocalAuthorityTest {

  private static final String VAULT = "https://vault.azure.net";
  private static final String TOKEN_PATH = "/" + EmulatedPod.TENANT + "/oauth2/v2.0/token";

  @TempDir private Path folder;
  private final ManualClock clock =
      new ManualClock(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
  private final EmulatedPod pod = new EmulatedPod(clock);
  private final Map<String, String> settings = new HashMap<>();
  private Running running;
  private AuthorityApp app;

  @BeforeEach
  void start() throws IOException {
    settings.put("BROKER_AUTHORITY_LISTEN", "127.0.0.1:0");
    settings.put("BROKER_AUTHORITY_CA_FILE", folder("ca").resolve("ca.pem").toString());
    settings.put("BROKER_AUTHORITY_STATE_FILE", folder("state").resolve("own.pem").toString());
    running = new Running(PodConfig.of(pod, settings), clock);
    app = new AuthorityApp(Path.of(settings.get("BROKER_AUTHORITY_CA_FILE")));
  }

  @AfterEach
  void close() {
    running.close();
    pod.close();
  }

  @Test
  void aTokenComesInTheShapeOfEntra() throws Exception {
    Answer answer = app.post(url(TOKEN_PATH), form());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getString("token_type")).isEqualTo("Bearer");
    assertThat(answer.json().getValue("expires_in")).isEqualTo(3600);
    assertThat(answer.json().getValue("ext_expires_in")).isEqualTo(3600);
    SignedJWT token = SignedJWT.parse(answer.json().getString("access_token"));
    assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(VAULT);
    assertThat(token.getJWTClaimsSet().getClaim("appid")).isEqualTo(EmulatedPod.APP.clientId());
  }

  @Test
  void theFirstVersionOfTheEndpointTakesAResourceAndAnswersInStrings() {
    Map<String, String> form = form();
    form.remove("scope");
    form.put("resource", "https://database.windows.net/");

    Answer answer = app.post(url("/" + EmulatedPod.TENANT + "/oauth2/token"), form);

    assertThat(answer.json().getValue("expires_in")).isEqualTo("3600");
    assertThat(answer.json().getString("resource")).isEqualTo("https://database.windows.net/");
    assertThat(pod.entra().exchanges())
        .extracting(RecordedExchange::scope)
        .containsExactly("https://database.windows.net//.default");
  }

  @Test
  void whatImdsHoldsTheAuthorityGives() {
    String held = running.token(VAULT);

    assertThat(app.post(url(TOKEN_PATH), form()).json().getString("access_token")).isEqualTo(held);
    assertThat(pod.entra().exchanges()).hasSize(1);
  }

  @Test
  void anAssertionThatHasExpiredIsAsGoodAsAFreshOne() {
    Map<String, String> stale = form();
    clock.advance(Duration.ofHours(3));
    pod.rotate();

    Answer answer = app.post(url(TOKEN_PATH), stale);

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void anotherPodsAssertionIsRefusedWithoutAskingEntra() {
    Map<String, String> form = form();
    form.put("client_assertion", assertionOf("billing"));

    Answer answer = app.post(url(TOKEN_PATH), form);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().getString("error")).isEqualTo("invalid_client");
    assertThat(answer.json().getString("error_description"))
        .startsWith("token-broker: ")
        .contains("its subject is not 'system:serviceaccount:shop:checkout'")
        .doesNotContain(form.get("client_assertion"));
    assertThat(answer.json().getJsonArray("error_codes")).isEmpty();
    assertThat(answer.json().getString("trace_id")).isNotEmpty();
    assertThat(pod.entra().exchanges()).isEmpty();
  }

  @Test
  void whatIsNoAssertionAtAllIsRefused() {
    for (String assertion : new String[] {"nonsense", "e30.e30.x", "a.b.c"}) {
      Map<String, String> form = form();
      form.put("client_assertion", assertion);

      assertThat(app.post(url(TOKEN_PATH), form).status()).isEqualTo(401);
    }
  }

  @Test
  void aClientSecretIsNotTakenForAProof() {
    Map<String, String> form = form();
    form.remove("client_assertion");
    form.put("client_secret", "hunter2hunter2");

    Answer answer = app.post(url(TOKEN_PATH), form);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().getString("error_description")).contains("client_assertion");
  }

  @Test
  void aTenantThatTheIdentityIsNotInIsRefused() {
    Answer answer = app.post(url("/common/oauth2/v2.0/token"), form());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("error")).isEqualTo("unauthorized_client");
    assertThat(answer.json().getString("error_description")).contains(EmulatedPod.TENANT);
  }

  @Test
  void policyIsThatOfImds() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            identities:
              - name: app
                clientId: %s
                allowedResources: [https://storage.azure.com/]
            """
                .formatted(EmulatedPod.APP.clientId()));
    settings.put("BROKER_CONFIG", file.toString());
    running.close();
    running = new Running(PodConfig.of(pod, settings), clock);
    Map<String, String> unknown = form();
    unknown.put("client_id", EmulatedPod.REPORTS.clientId());

    assertThat(app.post(url(TOKEN_PATH), form()).status()).isEqualTo(403);
    assertThat(app.post(url(TOKEN_PATH), unknown).status()).isEqualTo(400);
    assertThat(pod.entra().exchanges()).isEmpty();
  }

  @Test
  void whatEntraRefusesIsRefusedInEntrasWords() {
    pod.entra().distrust(EmulatedPod.APP.clientId());
    pod.entra()
        .trust(
            EmulatedPod.APP.clientId(),
            new FederatedCredential(
                pod.entra().issuer().url(), "system:serviceaccount:a:b", "api://other"));

    Answer answer = app.post(url(TOKEN_PATH), form());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().getString("error")).isEqualTo("invalid_client");
    assertThat(answer.json().getString("error_description")).startsWith("AADSTS700213");
    assertThat(answer.json().getJsonArray("error_codes")).hasSize(1);
    assertThat(answer.json().getString("timestamp"))
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void anOutageIsJsonThatSaysWhenToComeBack() {
    pod.entra().faults().all(Fault.down());

    Answer answer = app.post(url(TOKEN_PATH), form());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().getString("error")).isEqualTo("temporarily_unavailable");
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @Test
  void theCapabilityInTheClaimsReachesEntraAndARevokedTokenIsReplaced() throws Exception {
    Map<String, String> form = form();
    form.put("claims", "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}");
    String first = app.post(url(TOKEN_PATH), form).json().getString("access_token");
    assertThat(SignedJWT.parse(first).getJWTClaimsSet().getClaim("xms_cc")).isNotNull();

    long revokedAt = clock.instant().plusSeconds(60).getEpochSecond();
    clock.advance(Duration.ofMinutes(5));
    form.put(
        "claims",
        "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\""
            + revokedAt
            + "\"},\"xms_cc\":{\"values\":[\"CP1\"]}}}");

    assertThat(app.post(url(TOKEN_PATH), form).json().getString("access_token"))
        .isNotEqualTo(first);
    assertThat(pod.entra().exchanges()).hasSize(2);
  }

  @Test
  void claimsThatAreNoJsonAreRefused() {
    Map<String, String> form = form();
    form.put("claims", "cp1");

    assertThat(app.post(url(TOKEN_PATH), form).status()).isEqualTo(400);
  }

  @Test
  void msalsOwnScopesBesideTheResourceAreIgnoredAndTwoResourcesAreNot() {
    Map<String, String> form = form();
    form.put("scope", VAULT + "/.default openid profile offline_access");
    assertThat(app.post(url(TOKEN_PATH), form).status()).isEqualTo(200);

    form.put("scope", VAULT + "/.default https://storage.azure.com/.default");
    Answer two = app.post(url(TOKEN_PATH), form);

    assertThat(two.json().getString("error")).isEqualTo("invalid_scope");
  }

  @Test
  void otherGrantsAreRefused() {
    Map<String, String> form = form();
    form.put("grant_type", "password");

    assertThat(app.post(url(TOKEN_PATH), form).json().getString("error"))
        .isEqualTo("unsupported_grant_type");
  }

  @Test
  void theDocumentsNameTheHostThatWasAsked() {
    String base = url("/" + EmulatedPod.TENANT);

    Answer configuration = app.get(base + "/v2.0/.well-known/openid-configuration");
    Answer instance = app.get(url("/common/discovery/instance?api-version=1.1"));

    assertThat(configuration.json().getString("issuer")).isEqualTo(base + "/v2.0");
    assertThat(configuration.json().getString("token_endpoint"))
        .isEqualTo(base + "/oauth2/v2.0/token");
    assertThat(instance.json().getString("tenant_discovery_endpoint"))
        .isEqualTo(url("/common/v2.0/.well-known/openid-configuration"));
    assertThat(app.get(base + "/.well-known/openid-configuration").status()).isEqualTo(200);
  }

  @Test
  void requestsThatCameThroughAProxyAndOtherPathsAreRefusedInJson() {
    assertThat(app.post(url(TOKEN_PATH), form(), "X-Forwarded-For", "10.0.0.1").status())
        .isEqualTo(403);
    assertThat(app.get(url("/metadata/identity/oauth2/token?resource=x")).json().getString("error"))
        .isEqualTo("not_found");
    assertThat(app.get(url(TOKEN_PATH)).status()).isEqualTo(405);
  }

  @Test
  void aBodyWithoutEndIsCutOff() {
    Map<String, String> form = form();
    form.put("client_assertion", "x".repeat(17 * 1024));

    assertThat(app.post(url(TOKEN_PATH), form).status()).isEqualTo(413);
  }

  @Test
  void aClientThatTrustsTheCaNoticesNoRestart() {
    running.close();
    running = new Running(PodConfig.of(pod, settings), clock);

    assertThat(app.post(url(TOKEN_PATH), form()).status()).isEqualTo(200);
  }

  @Test
  void whoDoesNotTrustTheCaGetsNowhere() {
    AuthorityApp stranger = new AuthorityApp(pod.entra().caFile());

    assertThatThrownBy(() -> stranger.get(url("/")))
        .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class)
        .hasStackTraceContaining(SSLHandshakeException.class.getName());
  }

  @Test
  void whileThePodsOwnTokenWasNeverReadNobodyIsBelieved() {
    Map<String, String> form = form();
    running.close();
    pod.write("");
    running = new Running(PodConfig.of(pod, settings), clock);

    assertThat(app.post(url(TOKEN_PATH), form).status()).isEqualTo(503);
  }

  private String url(String path) {
    return "https://localhost:" + running.broker().authorityPort().orElseThrow() + path;
  }

  private Map<String, String> form() {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", EmulatedPod.APP.clientId());
    form.put("scope", VAULT + "/.default");
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertionOf("checkout"));
    return form;
  }

  private String assertionOf(String serviceAccount) {
    return pod.entra()
        .issuer()
        .serviceAccountToken(
            "shop", serviceAccount, FederatedCredential.AUDIENCE, Duration.ofHours(1));
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }
}

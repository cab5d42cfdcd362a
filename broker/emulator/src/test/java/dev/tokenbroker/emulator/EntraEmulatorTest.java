package dev.tokenbroker.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The emulated Entra as any HTTP client sees it that trusts its CA. */
class EntraEmulatorTest {

  private static final String VAULT = "https://vault.azure.net";

  private final EmulatedPod pod = new EmulatedPod();
  private HttpClient client;

  @BeforeEach
  void trustTheEmulator() throws Exception {
    client = HttpClient.newBuilder().sslContext(trusting(pod.entra().caFile())).build();
  }

  @AfterEach
  void stop() {
    pod.close();
  }

  @Test
  void aTokenOfTheRightSubjectIsSwappedForASignedAccessToken() throws Exception {
    HttpResponse<String> response = exchange(Files.readString(pod.tokenFile()), VAULT);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Map<String, Object> body = JSONObjectUtils.parse(response.body());
    assertThat(body).containsEntry("token_type", "Bearer").containsEntry("expires_in", 3600L);
    SignedJWT token = SignedJWT.parse((String) body.get("access_token"));
    assertThat(token.verify(new RSASSAVerifier(published(token.getHeader().getKeyID())))).isTrue();
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly(VAULT);
    assertThat(claims.getStringClaim("tid")).isEqualTo(EmulatedPod.TENANT);
    assertThat(claims.getStringClaim("appid")).isEqualTo(EmulatedPod.APP.clientId());
    assertThat(claims.getStringClaim("oid")).isEqualTo(EmulatedPod.APP.objectId());
    assertThat(pod.entra().exchanges())
        .containsExactly(
            new RecordedExchange(
                EmulatedPod.TENANT, EmulatedPod.APP.clientId(), VAULT + "/.default", "token"));
  }

  @Test
  void aTokenOfAnotherSubjectIsRefusedInEntrasWords() throws Exception {
    String ofAnother =
        pod.entra()
            .issuer()
            .serviceAccountToken(
                "shop", "another", FederatedCredential.AUDIENCE, Duration.ofHours(1));

    HttpResponse<String> response = exchange(ofAnother, VAULT);

    assertRefused(response, 401, "invalid_client", 7002138);
    assertThat(response.body())
        .contains("presented assertion subject 'system:serviceaccount:shop:another'")
        .contains("Trace ID: ", "Correlation ID: ", "Timestamp: ");
  }

  @Test
  void theAudienceAndTheTimesOfAnAssertionAreCheckedToo() throws Exception {
    OidcIssuer issuer = pod.entra().issuer();

    assertRefused(
        exchange(
            issuer.serviceAccountToken("shop", "checkout", "api://other", Duration.ofHours(1)),
            VAULT),
        401,
        "invalid_client",
        7002121);
    assertRefused(
        exchange(
            issuer.serviceAccountToken(
                "shop", "checkout", FederatedCredential.AUDIENCE, Duration.ofHours(-1)),
            VAULT),
        401,
        "invalid_client",
        700024);
  }

  @Test
  void aKeyThatIsNotPublishedSignsNothing() throws Exception {
    pod.entra().issuer().rotateKey(false);
    pod.rotate();

    assertRefused(
        exchange(Files.readString(pod.tokenFile()), VAULT), 401, "invalid_client", 7000272);
  }

  @Test
  void aResourceThatTheTenantDoesNotKnowIsRefused() throws Exception {
    pod.entra().forget("https://nowhere.example");

    assertRefused(
        exchange(Files.readString(pod.tokenFile()), "https://nowhere.example"),
        400,
        "invalid_resource",
        500011);
  }

  private static void assertRefused(
      HttpResponse<String> response, int status, String error, long number) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    Map<String, Object> body = JSONObjectUtils.parse(response.body());
    assertThat(body).containsEntry("error", error).doesNotContainKey("access_token");
    assertThat(body).containsEntry("error_codes", List.of(number));
    assertThat((String) body.get("error_description")).startsWith("AADSTS" + number + ": ");
  }

  private HttpResponse<String> exchange(String assertion, String resource) throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", EmulatedPod.APP.clientId());
    form.put("scope", resource + "/.default");
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", assertion);
    String body =
        form.entrySet().stream()
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return client.send(
        HttpRequest.newBuilder(url("/oauth2/v2.0/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private RSAPublicKey published(String keyId) throws Exception {
    String keys =
        client
            .send(
                HttpRequest.newBuilder(url("/discovery/v2.0/keys")).build(),
                BodyHandlers.ofString())
            .body();
    return JWKSet.parse(keys).getKeyByKeyId(keyId).toRSAKey().toRSAPublicKey();
  }

  private URI url(String path) {
    return URI.create(pod.entra().authority() + "/" + EmulatedPod.TENANT + path);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static SSLContext trusting(Path caFile) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream pem = Files.newInputStream(caFile)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}

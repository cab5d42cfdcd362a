package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With BROKER_REQUIRE_SECRET no dialect gives a token to a caller who does not show the secret. */
class RequiredSecretTest {

  private static final String SECRET = "a-secret-of-this-pod";
  private static final String MSI = "/msi/token?resource=r";

  private final ListenerRig rig =
      new ListenerRig(
          new RigOptions().identityHeader(SECRET).requireSecret(),
          ListenerRig.identity("one", ListenerRig.ONE));

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {ListenerRig.TOKEN_PATH + "?resource=r", MSI})
  void theMetadataHeaderAloneIsNotEnough(String target) throws IOException {
    assertRefused(rig.get(target, "Metadata: true"));
    assertRefused(rig.get(target, "Metadata: true", "X-IDENTITY-HEADER: wrong"));
    assertRefused(rig.get(target, "Metadata: true", "X-IDENTITY-HEADER: "));
    assertRefused(rig.get(target, "Metadata: true", "secret: a-secret-of-this-po"));
    assertThat(rig.source.requested()).isEmpty();
  }

  @Test
  void aFormOfCloudShellIsRefusedToo() throws IOException {
    assertRefused(rig.post("/msi/token", "resource=r", "Metadata: true"));
  }

  @ParameterizedTest
  @CsvSource({
    "/metadata/identity/oauth2/token?resource=r, X-IDENTITY-HEADER, imds",
    "/metadata/identity/oauth2/token?resource=r, x-identity-header, imds",
    "/metadata/identity/oauth2/token?resource=r, secret,            imds",
    "/msi/token?resource=r,                      X-IDENTITY-HEADER, app_service",
    "/msi/token?resource=r,                      secret,            msi_secret",
  })
  void whoShowsItIsServedInEachDialect(String target, String header, String dialect)
      throws Exception {
    Response response = rig.get(target, "Metadata: true", header + ": " + SECRET);

    assertThat(response.status()).isEqualTo(200);
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished(dialect, RequestOutcome.SERVED, 200));
  }

  @Test
  void aProbeStillGetsTheRefusalThatSdksLookFor() throws IOException {
    Response response = rig.get(ListenerRig.TOKEN_PATH);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("Required metadata header not specified");
  }

  private void assertRefused(Response response) throws IOException {
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.body()).contains("X-IDENTITY-HEADER").doesNotContain(SECRET);
  }
}

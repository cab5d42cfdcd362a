package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths answer with what. */
class PathsTest {

  private final ListenerRig rig = new ListenerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metadata/identity/oauth2/token",
        "/metadata/identity/oauth2/token/",
        "//metadata/identity/oauth2/token",
        "///metadata/identity/oauth2/token",
        "/Metadata/Identity/OAuth2/Token",
        "/METADATA/identity/oauth2/token//",
        "/metadata/identity\\oauth2\\token",
        "\\metadata\\identity\\oauth2\\token",
        "/metadata%2Fidentity%2foauth2/token",
        "/%6d%65tadata/identity/oauth2/token",
        "/metadata%5Cidentity/oauth2/token",
        "/metadata/instance/../identity/oauth2/token",
        "/metadata/instance/%2e%2e/identity/oauth2/token",
        "/x/..\\metadata/./identity/oauth2/token"
      })
  void everySpellingOfTheTokenPathIsTheTokenPath(String path) throws IOException {
    assertThat(rig.get(path + "?resource=r", "Metadata: true").status()).isEqualTo(200);
    // The proof is wanted under each of them.
    assertThat(rig.get(path + "?resource=r").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "/metadata",
        "/metadata/identity",
        "/metadata/identity/oauth2",
        "/metadata/identity/oauth2/token/x",
        "/metadata/identity/oauth2/tokens",
        "/metadata/identity/oauth2/%2574oken",
        "/metadata/identity/oauth2/token%00",
        "/metadata/identity/oauth2/token%0a",
        "/metadata/identity/oauth2/token;x",
        "/metadata/identity/oauth2/token%3Fresource=r",
        "/metadata/identity/getplatformmetadata?cred-api-version=2.0",
        "/metadata/identity/issuecredential?cred-api-version=2.0",
        "/metadata/identity/info",
        "/metadata/instance",
        "/metadata/instance/compute/location",
        "/latest/meta-data/",
        "/latest/api/token",
        "/computeMetadata/v1/instance",
        "/favicon.ico"
      })
  void everythingElseIsAFastNotFoundInJson(String path) throws Exception {
    Response response = rig.get(path, "Metadata: true");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers()).containsEntry("content-type", "application/json");
    assertThat(ListenerRig.json(response).getString("error")).isEqualTo("not_found");
    assertThat(rig.source.requested()).isEmpty();
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("none", RequestOutcome.NOT_FOUND, 404));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /latest/meta-data/", "POST /x", "HEAD /", "PUT /latest/api/token"})
  void notFoundDoesNotDependOnTheMethod(String line) throws IOException {
    String request = ListenerRig.request(line + " HTTP/1.1");
    try (RawClient client = new RawClient(rig.port)) {
      assertThat(client.send(request).readStatus()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/host/token", "/host/token/", "/Host/Token"})
  void theNodeEndpointOfNmiSaysWhatReplacesIt(String path) throws Exception {
    Response response =
        rig.get(path + "?resource=r&clientid=c", "podname: p", "podns: n", "Metadata: true");

    assertThat(response.status()).isEqualTo(400);
    assertThat(ListenerRig.json(response).getString("message"))
        .contains("SecretProviderClass", "usePodIdentity: \"false\"", "clientID");
    assertThat(rig.source.requested()).isEmpty();
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("node", RequestOutcome.INVALID, 400));
  }

  @Test
  void aQuestionMarkEndsThePath() throws IOException {
    assertThat(rig.get(ListenerRig.TOKEN_PATH + "/?resource=/../x", "Metadata: true").status())
        .isEqualTo(200);
  }
}

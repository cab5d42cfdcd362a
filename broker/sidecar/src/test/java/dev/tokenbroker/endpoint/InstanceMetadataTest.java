package dev.tokenbroker.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.tokenbroker.endpoint.RawClient.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passing {@code /metadata/instance} on to the real service, played by WireMock. */
class InstanceMetadataTest {

  private static final String LOCATION = "/metadata/instance/compute/location";

  private final WireMockServer imds =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private ListenerRig rig = new ListenerRig();

  @BeforeEach
  void start() {
    imds.start();
    imds.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(418)));
    use(URI.create("http://127.0.0.1:" + imds.port()));
  }

  @AfterEach
  void stop() {
    rig.close();
    imds.stop();
  }

  private void use(URI target) {
    rig.close();
    rig =
        new ListenerRig(
            ListenerRig.options(10, Optional.of(target)),
            ListenerRig.identity("one", ListenerRig.ONE));
  }

  @Test
  void theAnswerComesBackAsItIs() throws Exception {
    imds.stubFor(
        get(urlEqualTo(LOCATION + "?api-version=2021-02-01&format=text"))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "text/plain; charset=utf-8")
                    .withBody("westeurope")));

    Response response = rig.get(LOCATION + "?api-version=2021-02-01&format=text", "Metadata: true");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("westeurope");
    assertThat(response.headers())
        .containsEntry("content-type", "text/plain; charset=utf-8")
        .containsEntry("content-length", "10")
        .doesNotContainKeys("server", "matched-stub-id");
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("instance", RequestOutcome.PASSED_ON, 200));
  }

  @Test
  void onlyTheHeaderThatTheServiceWantsIsPassedOn() throws IOException {
    rig.get(LOCATION, "Metadata: true", "Cookie: a=b", "Authorization: Bearer x", "X-Own: y");

    LoggedRequest passed = imds.findAll(getRequestedFor(urlEqualTo(LOCATION))).get(0);
    assertThat(passed.getHeader("Metadata")).isEqualTo("true");
    assertThat(passed.getAllHeaderKeys())
        .extracting(name -> name.toLowerCase(Locale.ROOT))
        .isSubsetOf("metadata", "host", "connection", "content-length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metadata/instance/compute/vmId",
        "//metadata/instance//compute/vmId/",
        "/metadata\\instance/compute/vmId",
        "/metadata/x/../instance/%63ompute/vmId"
      })
  void theCleanedPathIsPassedOnWithItsCase(String path) throws IOException {
    rig.get(path, "Metadata: true");

    assertThat(imds.findAll(getRequestedFor(anyUrl())))
        .extracting(LoggedRequest::getUrl)
        .containsExactly("/metadata/instance/compute/vmId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metadata/identity/info",
        "/metadata/identity",
        "/metadata/identity/getplatformmetadata",
        "/metadata/instance/../identity/info",
        "/metadata/instance/%2e%2e/identity/info",
        "/metadata/instance/..%2Fidentity/info",
        "/metadata/instance\\..\\identity\\info",
        "/metadata/instance/%252e%252e/identity/info",
        "/metadata/instance/..;/identity/info",
        "/metadata/instance/a%3fb",
        "/metadata/instance/a%23b",
        "/metadata/instance%00",
        "/metadata/instancex",
        "/metadata/attested/document",
        "/metadata/scheduledevents",
        "/machine/?comp=goalstate"
      })
  void nothingElseIsEverPassedOn(String path) throws IOException {
    assertThat(rig.get(path, "Metadata: true").status()).isEqualTo(404);
    assertThat(imds.findAll(getRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void theServicesOwnRefusalsArePassedOn() throws IOException {
    assertThat(rig.get(LOCATION, "Metadata: true").status()).isEqualTo(418);
  }

  @Test
  void theProofIsWantedHereToo() throws IOException {
    Response response = rig.get(LOCATION);

    assertThat(response.status()).isEqualTo(400);
    assertThat(ListenerRig.json(response).getString("message"))
        .isEqualTo("Required metadata header not specified");
    assertThat(imds.findAll(getRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void onlyGetIsPassedOn() throws IOException {
    Response response = rig.send("POST " + LOCATION + " HTTP/1.1", "Metadata: true");

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("allow", "GET");
  }

  @Test
  void aServiceThatDoesNotAnswerGivesATimeoutInJson() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      use(URI.create("http://127.0.0.1:" + silent.getLocalPort()));

      Response response = rig.get(LOCATION, "Metadata: true");

      assertThat(response.status()).isEqualTo(504);
      assertThat(ListenerRig.json(response).getString("error")).isEqualTo("gateway_timeout");
      assertThat(rig.awaitFinished())
          .isEqualTo(new ListenerRig.Finished("instance", RequestOutcome.UNAVAILABLE, 504));
    }
  }

  @Test
  void aServiceThatIsNotThereGivesATimeoutInJson() throws IOException {
    imds.stop();

    assertThat(rig.get(LOCATION, "Metadata: true").status()).isEqualTo(504);
  }

  @Test
  void anAnswerWithoutEndIsCutOff() throws IOException {
    imds.stubFor(get(anyUrl()).willReturn(aResponse().withBody("x".repeat(256 * 1024 + 1))));

    assertThat(rig.get(LOCATION, "Metadata: true").status()).isEqualTo(504);
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    imds.stubFor(
        get(urlEqualTo(LOCATION))
            .willReturn(
                aResponse().withStatus(302).withHeader("Location", "/metadata/identity/info")));

    assertThat(rig.get(LOCATION, "Metadata: true").status()).isEqualTo(302);
    assertThat(imds.findAll(getRequestedFor(urlEqualTo("/metadata/identity/info")))).isEmpty();
  }
}

package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to see the status, and who is left as he was. */
class StatusRouteTest {

  private static final String BROWSER = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

  private ListenerRig rig = new ListenerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aBrowserGetsThePage() throws Exception {
    Response page = rig.get("/", BROWSER);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers()).containsEntry("content-type", "text/html; charset=utf-8");
    assertThat(page.headers()).containsEntry("cache-control", "no-store");
    assertThat(page.body()).startsWith("<!doctype html>").contains("</html>");
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("status", RequestOutcome.SHOWN, 200));
  }

  @Test
  void nothingButThePagesOwnBlocksMayRun() throws Exception {
    Response page = rig.get("/", BROWSER);

    assertThat(page.headers().get("content-security-policy"))
        .startsWith("default-src 'none';")
        .containsPattern("script-src 'sha256-[A-Za-z0-9+/]{43}='")
        .containsPattern("style-src 'sha256-[A-Za-z0-9+/]{43}='")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("src=").doesNotContain("//cdn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept: */*", "Accept: application/json", "X-Nothing: y"})
  void aProbeForTheRootGetsTheAnswerItAlwaysGot(String header) throws IOException {
    Response probe = rig.get("/", header);

    assertThat(probe.status()).isEqualTo(404);
    assertThat(ListenerRig.json(probe).getString("error")).isEqualTo("not_found");
  }

  @Test
  void theStatusIsThereAsJsonToo() throws IOException {
    Response status = rig.get("/status");

    assertThat(status.status()).isEqualTo(200);
    assertThat(status.headers()).containsEntry("content-type", "application/json");
    assertThat(ListenerRig.json(status).getBoolean("ready")).isTrue();
  }

  @Test
  void theGuardStandsBeforeTheStatus() throws IOException {
    assertThat(rig.get("/status", "X-Forwarded-For: 10.0.0.1").status()).isEqualTo(403);
    try (RawClient client = new RawClient(rig.port)) {
      String rebound = "GET /status HTTP/1.1\r\nHost: evil.example\r\n\r\n";
      assertThat(client.send(rebound).read().status()).isEqualTo(403);
    }
  }

  @Test
  void onlyGetIsAnswered() throws IOException {
    assertThat(rig.send("DELETE /status HTTP/1.1").status()).isEqualTo(405);
  }

  @Test
  void aCallerThatIsNotOnLoopbackSeesNothingEvenIfItMayHaveTokens() throws Exception {
    Optional<InetAddress> own = ListenerRig.ownAddress();
    assumeThat(own).as("this machine has an address beside loopback").isPresent();
    rig.close();
    rig =
        new ListenerRig(
            ListenerRig.onAllAddresses(true), ListenerRig.identity("one", ListenerRig.ONE));

    try (RawClient client = new RawClient(own.get(), rig.port)) {
      Response refused = client.send("GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).contains("kubectl port-forward");
    }
  }
}

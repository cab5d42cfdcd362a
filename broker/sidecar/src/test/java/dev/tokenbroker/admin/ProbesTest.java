package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.listener.OneLoopTransport;
import dev.tokenbroker.testing.ManualClock;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod's life as the kubelet sees it, by a clock that a test moves. */
class ProbesTest {

  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private final Vertx vertx = Vertx.builder().withTransport(new OneLoopTransport()).build();
  private final HttpClient kubelet = HttpClient.newHttpClient();
  private final ManualClock clock = new ManualClock(START);
  private final TokenFileState tokenFile = new TokenFileState();
  private final Readiness readiness = new Readiness(clock, Optional.of(tokenFile));
  private int port;

  @BeforeEach
  void start() throws Exception {
    port =
        new AdminListener(
                vertx,
                "127.0.0.1",
                0,
                readiness,
                () -> "",
                Clock.systemUTC(),
                (listener, why) -> {})
            .start()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void onceStartedTheStartProbeStaysGreenWhileReadinessComesAndGoes() throws Exception {
    assertThat(ask("GET", "/startupz").statusCode()).isEqualTo(503);
    tokenFile.usable(claimsUntil(START.plusSeconds(3600)));
    assertThat(ask("GET", "/startupz").body()).isEqualTo("ok\n");
    clock.advance(Duration.ofHours(1));

    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/readyz").body())
        .isEqualTo("The federated token expired at 2026-11-24T09:00:00Z\n");
    assertThat(ask("GET", "/startupz").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void aDrainingBrokerIsAliveAndNotReady() throws Exception {
    tokenFile.usable(claimsUntil(START.plusSeconds(3600)));
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    readiness.draining();

    assertThat(ask("GET", "/readyz").body()).isEqualTo("Shutting down\n");
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void headHasTheStatusOfGetAndNoBody() throws Exception {
    HttpResponse<String> notReady = ask("HEAD", "/readyz");

    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).isEmpty();
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhichAre() throws Exception {
    HttpResponse<String> response = ask("DELETE", "/livez");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
  }

  @Test
  void anAnswerIsNeverKeptByACacheOnTheWay() throws Exception {
    for (String path : new String[] {"/livez", "/readyz", "/metrics", "/none"}) {
      assertThat(ask("GET", path).headers().firstValue("cache-control")).contains("no-store");
    }
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    return kubelet.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static FederatedClaims claimsUntil(Instant end) {
    return new FederatedClaims("https://issuer", "system:x", List.of("aud"), START, end);
  }
}

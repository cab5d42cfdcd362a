package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminListenerTest {

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Readiness readiness = new Readiness(Clock.systemUTC());
  private final BrokerMetrics metrics = new BrokerMetrics("1.2.3");
  private int port;

  @BeforeEach
  void start() throws Exception {
    port =
        new AdminListener(vertx, "127.0.0.1", 0, readiness, metrics::scrape)
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
  void livenessIsAnsweredWhateverTheState() throws Exception {
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/readyz", "/startupz"})
  void aProbeThatFailsSaysWhy(String path) throws Exception {
    HttpResponse<String> response = ask("GET", path);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("federated token file");
  }

  @Test
  void metricsArePrometheusText() throws Exception {
    HttpResponse<String> response = ask("GET", "/metrics");

    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(response.body()).contains("token_broker_build_info{version=\"1.2.3\"} 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics/", "/metadata/identity/oauth2/token", "/msi/token"})
  void nothingElseIsHereAndNoTokenAboveAll(String path) throws Exception {
    HttpResponse<String> response = ask("GET", path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).doesNotContain("access_token");
  }

  @Test
  void onlyReadingIsAnswered() throws Exception {
    assertThat(ask("POST", "/livez").statusCode()).isEqualTo(405);
    assertThat(ask("HEAD", "/livez").statusCode()).isEqualTo(200);
    assertThat(ask("HEAD", "/livez").body()).isEmpty();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}

package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.listener.OneLoopTransport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminListenerTest {

  private final Vertx vertx = Vertx.builder().withTransport(new OneLoopTransport()).build();
  private final HttpClient client = HttpClient.newHttpClient();
  private final TokenFileState tokenFile = new TokenFileState();
  private final Readiness readiness = new Readiness(Clock.systemUTC(), Optional.of(tokenFile));
  private final BrokerMetrics metrics = new BrokerMetrics("1.2.3", tokenFile);
  private int port;

  @BeforeEach
  void start() throws Exception {
    port =
        new AdminListener(
                vertx, "127.0.0.1", 0, readiness, metrics::scrape, Clock.systemUTC(), metrics)
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

  @Test
  void whoTakesEveryPlaceAndSaysNothingKeepsNoProbeOut() throws Exception {
    List<Socket> idle = open(2 * AdminListener.MAX_CONNECTIONS, "");
    try {
      for (int i = 0; i < 10; i++) {
        assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(isServed(connect())).isTrue();
      }
    } finally {
      close(idle);
    }
  }

  @Test
  void thousandsOfHeaderLinesWithoutAnEndAreCutOffAndProbesAnswered() throws Exception {
    List<Socket> flood = open(50, "GET /livez HTTP/1.1\r\n" + "a:\r\n".repeat(4000));
    try {
      assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
      assertThat(metrics.scrape())
          .containsPattern(
              "connections_closed_total.listener=\"admin\",reason=\"(oversized|evicted)\". [1-9]");
    } finally {
      close(flood);
    }
  }

  private List<Socket> open(int count, String start) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = connect();
      sockets.add(socket);
      try {
        socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException cutOff) {
        assertThat(start).isNotEmpty();
      }
    }
    return sockets;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket each : sockets) {
      each.close();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static boolean isServed(Socket socket) {
    try {
      socket
          .getOutputStream()
          .write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      return new String(start, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    } catch (IOException closed) {
      return false;
    }
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

package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.endpoint.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever reaches a port tries to fill the heap of the image, beside an app that must not notice.
 */
class AttacksIT {

  private static final String GROUP = "attacks";
  private static final String LINES = "a:\r\n".repeat(3_900);
  private static final String LARGE = "A: " + "a".repeat(15_900);
  private static final String WAITING =
      "GET /metadata/identity/oauth2/token?resource=api://held HTTP/1.1\r\nHost: localhost\r\n"
          + "Metadata: true\r\n";

  private final CountDownLatch gate = new CountDownLatch(1);
  private Stage stage;
  private Subject broker;
  private App app;

  @BeforeEach
  void start() {
    stage = new Stage(Duration.ofHours(1));
    stage.pod.entra().faults().forScope("held", new Fault.Held(gate));
    Map<String, String> environment = stage.environment();
    environment.put("BROKER_EXCHANGE_TIMEOUT", "60s");
    environment.put("BROKER_WAIT_TIMEOUT", "60s");
    broker = Subject.start(environment);
    app = new App(broker.port(), App.CALM);
    Stage.until("a first token", () -> app.served() > 0);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    app.close();
    broker.close();
    stage.close();
  }

  static Stream<Arguments> onTheTokenPort() {
    return Stream.of(
        Arguments.of("80 half-sent heads of tiny lines", 80, "GET / HTTP/1.1\r\n" + LINES),
        Arguments.of(
            "800 half-sent heads of 60 lines", 800, "GET / HTTP/1.1\r\n" + "a: bc\r\n".repeat(60)),
        Arguments.of("800 half-sent heads with one large line", 800, "GET / HTTP/1.1\r\n" + LARGE),
        Arguments.of(
            "1,000 kept connections after a large head",
            1000,
            "GET / HTTP/1.1\r\nHost: localhost\r\n" + LARGE + "\r\n\r\n"),
        Arguments.of(
            "1,000 whole requests, and half of another",
            1000,
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n" + "a:\r\n".repeat(900)),
        Arguments.of(
            "500 heads and half-sent bodies",
            500,
            "POST /msi/token HTTP/1.1\r\nHost: localhost\r\n"
                + LARGE
                + "\r\nContent-Length: 16000\r\n\r\n"
                + "x".repeat(15_900)),
        Arguments.of("300 large requests that wait for Entra", 300, WAITING + LARGE + "\r\n\r\n"),
        Arguments.of(
            "1,000 requests that wait, 300 more behind each",
            1000,
            WAITING + "\r\n" + "GET / HTTP/1.0\r\n\r\n".repeat(300)),
        Arguments.of("1,100 connections that say nothing", 1100, ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("onTheTokenPort")
  void theHeldTokenIsServedAndProbesAreAnsweredDuring(String name, int count, String sent)
      throws IOException {
    survive(name, broker.port(), count, sent);
  }

  static Stream<Arguments> onTheAdminPort() {
    return Stream.of(
        Arguments.of(
            "admin: 50 heads of 4,000 lines without an end", 50, "GET /livez HTTP/1.1\r\n" + LINES),
        Arguments.of("admin: 500 connections that say nothing", 500, ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("onTheAdminPort")
  void aPodOfTheClusterEndsNothingAtTheAdminPort(String name, int count, String sent)
      throws IOException {
    survive(name, broker.process.adminPort(), count, sent);
  }

  private void survive(String name, int port, int count, String sent) throws IOException {
    List<Socket> flood = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Socket socket = new Socket("127.0.0.1", port);
        flood.add(socket);
        send(socket, sent);
      }
      int served = app.served();
      Stage.until("it is served beside the flood", () -> app.served() > served + 50);
      for (int i = 0; i < 10; i++) {
        try (RawClient newcomer = new RawClient(broker.port())) {
          assertThat(newcomer.send(Requests.imds(App.VAULT)).read().status()).isEqualTo(200);
        }
        assertThat(broker.isLive()).isTrue();
        assertThat(broker.isReady()).isTrue();
      }
    } finally {
      for (Socket each : flood) {
        each.close();
      }
    }
    assertThat(app.wrongs()).isEmpty();
    assertThat(broker.peakMemory()).isLessThan(Subject.CHART_LIMIT);
    FaultReport.add(
        GROUP, name, app.requests() + count, app.failed(), stage.upstream(), broker.peakMemory());
  }

  private static void send(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Cut off by the broker, which is what it should do.
    }
  }

  @Test
  void anAppThatKeepsAllConnectionsTakesNoneFromAnother() throws IOException {
    List<RawClient> greedy = new ArrayList<>();
    try {
      for (int i = 0; i < 1024; i++) {
        greedy.add(new RawClient(broker.port()));
        assertThat(greedy.get(i).send(Requests.imds(App.VAULT)).read().status()).isEqualTo(200);
      }
      for (int i = 0; i < 99; i++) {
        try (RawClient other = new RawClient(broker.port())) {
          assertThat(other.send(Requests.imds(App.VAULT)).read().status()).isEqualTo(200);
        }
      }
      Stage.until(
          "the log says so",
          () -> broker.process.log().contains("token listener is at its limits"));
      assertThat(
              broker.metric(
                  "token_broker_connections_closed_total{listener=\"token\",reason=\"evicted\"}"))
          .isPositive();
    } finally {
      for (RawClient each : greedy) {
        each.close();
      }
    }
  }
}

package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.endpoint.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections in numbers, and clients that do not behave, beside an app that must not notice. */
class ConnectionsIT {

  private static final String GROUP = "connections";
  private static final int TEN_THOUSAND = 10_000;

  private Stage stage;
  private Subject broker;
  private App app;
  private long limit = Subject.CHART_LIMIT;

  @BeforeEach
  void start() {
    stage = new Stage(Duration.ofHours(1));
    begin(stage.environment());
  }

  private void begin(Map<String, String> environment) {
    broker = Subject.start(environment);
    app = new App(broker.port(), App.CALM);
    Stage.until("a first token", () -> app.served() > 0);
  }

  @AfterEach
  void stop() {
    app.close();
    broker.close();
    stage.close();
  }

  @Test
  void tenThousandConnectionsAreServed() throws IOException {
    stop();
    stage = new Stage(Duration.ofHours(1));
    Map<String, String> environment = stage.environment();
    environment.put("BROKER_MAX_CONNECTIONS", Integer.toString(TEN_THOUSAND + 100));
    // Who wants ten times the connections gives memory for them.
    environment.put(
        "JAVA_TOOL_OPTIONS", Subject.imageOptions().replaceAll("-Xmx\\d+m", "-Xmx256m"));
    limit = 2 * Subject.CHART_LIMIT;
    begin(environment);
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < TEN_THOUSAND; i++) {
        clients.add(new RawClient(broker.port()));
        assertThat(clients.get(i).send(Requests.imds(App.VAULT)).read().status()).isEqualTo(200);
      }
      for (RawClient client : clients) {
        client.send(Requests.imds(App.VAULT));
      }
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    finish("10,000 connections, all admitted", 2 * TEN_THOUSAND);
  }

  @Test
  void beyondTheCapConnectionsAreClosedAtOnceAndAnAppThatHasOneIsServed() throws IOException {
    List<Socket> flood = new ArrayList<>();
    try {
      for (int i = 0; i < TEN_THOUSAND; i++) {
        flood.add(new Socket("127.0.0.1", broker.port()));
      }
      int served = app.served();
      Stage.until("it is served beside the flood", () -> app.served() > served + 50);
    } finally {
      for (Socket each : flood) {
        each.close();
      }
    }
    finish("10,000 connections against the cap of 1,024", 0);
  }

  @Test
  void whoNeverReadsFillsNoMemory() throws IOException {
    byte[] burst = Requests.imds(App.VAULT).repeat(100).getBytes(StandardCharsets.ISO_8859_1);
    List<Thread> writers = new ArrayList<>();
    List<Socket> readers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = new Socket("127.0.0.1", broker.port());
      socket.setReceiveBufferSize(4096);
      readers.add(socket);
      Thread writer = new Thread(() -> writeAll(socket, burst, 100));
      writer.setDaemon(true);
      writer.start();
      writers.add(writer);
    }
    int served = app.served();
    Stage.until("it is served beside them", () -> app.served() > served + 200);
    assertThat(broker.peakMemory()).isLessThan(limit);
    for (Socket each : readers) {
      each.close();
    }
    finish("50 clients send 10,000 requests each and never read", 50);
  }

  private static void writeAll(Socket socket, byte[] burst, int times) {
    try {
      for (int i = 0; i < times; i++) {
        socket.getOutputStream().write(burst);
      }
    } catch (IOException e) {
      // The test closes it, or the broker does.
    }
  }

  @Test
  void headersThatTrickleAreGivenUpAfterTenSeconds() throws IOException {
    List<Socket> slow = open(200, "GET /metadata/identity/oauth2/token HTTP/1.1\r\nX-A: ");
    Stage.until(
        "all are closed",
        () -> {
          slow.removeIf(each -> !takesAnotherByte(each));
          return slow.isEmpty();
        });
    finish("200 slow headers, a byte now and then", 200);
  }

  private static boolean takesAnotherByte(Socket socket) {
    try {
      socket.getOutputStream().write('a');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void halfSentRequestsAreGivenUpAfterTenSeconds() throws IOException {
    List<Socket> silent = open(100, "GET /metadata/identity/oauth2/token?resource=h");
    silent.addAll(
        open(100, "POST /msi/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nres"));
    for (Socket gone : open(100, "GET /metadata/identity/oauth2/token?resou")) {
      gone.close();
    }
    for (Socket each : silent) {
      each.setSoTimeout(60_000);
      assertThat(each.getInputStream().read()).isEqualTo(-1);
      each.close();
    }
    finish("300 half-sent requests", 300);
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    int pairs = 5_000;
    try (RawClient client = new RawClient(broker.port())) {
      String pair = Requests.imds(App.VAULT) + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < pairs; i++) {
                  send(client, pair);
                }
              });
      writer.start();
      for (int i = 0; i < pairs; i++) {
        assertThat(client.read().status()).isEqualTo(200);
        assertThat(client.read().status()).isEqualTo(404);
      }
      writer.join();
    }
    finish("10,000 pipelined requests, every other one wrong", 2 * pairs);
  }

  private static void send(RawClient client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Socket> open(int count, String start) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket("127.0.0.1", broker.port());
      socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
      sockets.add(socket);
    }
    return sockets;
  }

  private void finish(String name, int others) throws IOException {
    try (RawClient newcomer = new RawClient(broker.port())) {
      assertThat(newcomer.send(Requests.imds(App.VAULT)).read().status()).isEqualTo(200);
    }
    app.close();
    assertThat(app.wrongs()).isEmpty();
    assertThat(app.failed()).isZero();
    assertThat(stage.upstream()).isEqualTo(1);
    assertThat(broker.metric("token_broker_requests_total{dialect=\"imds\",outcome=\"failed\"}"))
        .isZero();
    assertThat(broker.peakMemory()).isLessThan(limit);
    FaultReport.add(GROUP, name, app.requests() + others, 0, stage.upstream(), broker.peakMemory());
  }
}

package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.endpoint.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An app that invents resources cannot push out what is configured, nor fill the memory. */
class InventedResourcesIT {

  private static final String GROUP = "resources";
  private static final int A_MILLION = 1_000_000;
  private static final int CONNECTIONS = 8;
  private static final int BURST = 100;

  @Test
  void aMillionInventedResourcesLeaveMemoryBoundedAndTheConfiguredOneServed() throws Exception {
    try (Stage stage = new Stage(Duration.ofHours(1))) {
      Map<String, String> environment = stage.environment();
      environment.put("BROKER_PREFETCH", App.VAULT);
      try (Subject broker = Subject.start(environment)) {
        Stage.until("it is ready", broker::isReady);
        // No answer at all: what Entra says in its own words concerns one identity only.
        stage.pod.entra().faults().all(Fault.reset());
        openTheBreaker(broker);
        App app = new App(broker.port(), App.CALM);

        List<Throwable> problems = flood(broker.port());
        app.close();

        assertThat(problems).isEmpty();
        assertThat(app.wrongs()).isEmpty();
        assertThat(app.failed()).isZero();
        assertThat(app.served()).isPositive();
        assertThat(broker.metric("token_broker_keys_held")).isLessThanOrEqualTo(1_001);
        assertThat(broker.metric("token_broker_keys_dropped_total"))
            .isGreaterThan(A_MILLION - 2_000);
        assertThat(broker.process.lines()).as("log lines").hasSizeLessThan(1_000);
        assertThat(broker.peakMemory()).isLessThan(Subject.CHART_LIMIT);
        // The breaker: a handful, then one attempt of two tries in five seconds at the most.
        assertThat(stage.upstream()).isLessThan(200);
        FaultReport.add(
            GROUP,
            "1,000,000 invented, Entra down",
            A_MILLION + app.requests(),
            A_MILLION,
            stage.upstream(),
            broker.peakMemory());
      }
    }
  }

  private static void openTheBreaker(Subject broker) throws IOException {
    try (RawClient client = new RawClient(broker.port())) {
      for (int i = 0; broker.metric("token_broker_breaker_open") < 1; i++) {
        assertThat(i).as("requests before the breaker opens").isLessThan(100);
        client.send(Requests.imds("api://first-" + i)).read();
      }
    }
  }

  private static List<Throwable> flood(int port) throws InterruptedException {
    ConcurrentLinkedQueue<Throwable> problems = new ConcurrentLinkedQueue<>();
    List<Thread> threads =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(
                number ->
                    new Thread(
                        () -> {
                          try {
                            askFor(port, number, A_MILLION / CONNECTIONS);
                          } catch (IOException e) {
                            problems.add(e);
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }
    return new ArrayList<>(problems);
  }

  private static void askFor(int port, int connection, int count) throws IOException {
    try (Pipeline client = new Pipeline(port)) {
      for (int from = 0; from < count; from += BURST) {
        StringBuilder burst = new StringBuilder();
        for (int i = from; i < from + BURST; i++) {
          burst.append(Requests.imds("api://invented-" + connection + "-" + i));
        }
        client.exchange(burst.toString(), BURST, 503);
      }
    }
  }

  @Test
  void whatIsExchangedForInventedResourcesPushesOutOnlyOtherInventedOnes() throws Exception {
    int invented = 500;
    int exchanged = 0;
    try (Stage stage = new Stage(Duration.ofHours(1))) {
      Map<String, String> environment = stage.environment();
      environment.put("BROKER_PREFETCH", App.VAULT);
      environment.put("BROKER_MAX_KEYS", "30");
      try (Subject broker = Subject.start(environment)) {
        Stage.until("it is ready", broker::isReady);
        App app = new App(broker.port(), App.CALM);
        try (RawClient client = new RawClient(broker.port())) {
          for (int i = 0; i < invented; i++) {
            int status = client.send(Requests.imds("api://" + i)).read().status();
            assertThat(status).isIn(200, 429);
            exchanged += status == 200 ? 1 : 0;
          }
        }
        app.close();

        assertThat(app.wrongs()).isEmpty();
        assertThat(app.failed()).isZero();
        assertThat(app.tokens()).isOne();
        assertThat(broker.metric("token_broker_keys_held")).isEqualTo(31);
        assertThat(exchanged).isBetween(40, 150);
        assertThat(stage.upstream()).isBetween(1 + exchanged, 2 * (1 + exchanged));
        FaultReport.add(
            GROUP,
            "500 invented, 30 places",
            invented + app.requests(),
            invented - exchanged,
            stage.upstream(),
            broker.peakMemory());
      }
    }
  }
}

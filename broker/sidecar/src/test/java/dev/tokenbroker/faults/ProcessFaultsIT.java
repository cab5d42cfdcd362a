package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.Fault;
import dev.tokenbroker.endpoint.RawClient;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The process is ended, killed, and starved of descriptors. */
class ProcessFaultsIT {

  private static final String GROUP = "process";
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  void sigtermUnderLoadLosesNoRequestThatWasSentBeforeIt() throws Exception {
    try (Stage stage = new Stage(AN_HOUR);
        Subject broker = Subject.start(patient(stage))) {
      List<App> apps = hurried(broker, 4);
      CountDownLatch gate = new CountDownLatch(1);
      List<RawClient> waiting = new ArrayList<>();
      Stage.until("all are served", () -> apps.stream().allMatch(app -> app.served() > 100));
      stage.pod.entra().faults().forScope("held", new Fault.Held(gate));
      double before = broker.metric("token_broker_callers_waited_total");
      for (int i = 0; i < 50; i++) {
        waiting.add(new RawClient(broker.port()).send(Requests.imds("api://held")));
      }
      Stage.until(
          "50 wait for Entra",
          () -> broker.metric("token_broker_callers_waited_total") == before + 50);
      long memory = broker.peakMemory();

      Instant signal = Instant.now();
      broker.process.signal();
      Stage.until("nobody listens", () -> apps.stream().allMatch(app -> app.unreached() > 0));
      gate.countDown();

      for (RawClient each : waiting) {
        assertThat(each.read().status()).isEqualTo(200);
        each.close();
      }
      apps.forEach(App::close);
      assertThat(broker.process.terminate()).isZero();
      assertThat(apps)
          .allSatisfy(app -> assertThat(app.wrongs()).isEmpty())
          .allSatisfy(app -> assertThat(app.refusals()).isEmpty())
          .allSatisfy(
              app -> assertThat(app.unanswered()).allMatch(each -> each.sent().isAfter(signal)));
      int requests = apps.stream().mapToInt(App::requests).sum() + waiting.size();
      int failed = apps.stream().mapToInt(App::failed).sum();
      FaultReport.add(GROUP, "SIGTERM under load", requests, failed, stage.upstream(), memory);
    }
  }

  /** A gate may stay shut for longer than an ordinary exchange takes. */
  private static Map<String, String> patient(Stage stage) {
    Map<String, String> environment = stage.environment();
    environment.put("BROKER_EXCHANGE_TIMEOUT", "60s");
    environment.put("BROKER_WAIT_TIMEOUT", "60s");
    return environment;
  }

  @Test
  void afterSigkillTheNextProcessServesAtOnceForOneExchange() {
    try (Stage stage = new Stage(AN_HOUR);
        Subject first = Subject.start(stage.environment())) {
      List<App> apps = hurried(first, 4);
      Stage.until("all are served", () -> apps.stream().allMatch(app -> app.served() > 100));
      first.process.kill();
      Map<String, String> again = stage.environment();
      again.put("BROKER_LISTEN", "127.0.0.1:" + first.port());

      try (Subject second = Subject.start(again)) {
        Instant up = Instant.now();
        int[] served = apps.stream().mapToInt(App::served).toArray();
        Stage.until(
            "all are served again",
            () ->
                Stream.iterate(0, i -> i + 1)
                    .limit(apps.size())
                    .allMatch(i -> apps.get(i).served() > served[i] + 100));
        apps.forEach(App::close);

        assertThat(apps)
            .allSatisfy(app -> assertThat(app.wrongs()).isEmpty())
            .allSatisfy(app -> assertThat(app.refusals()).isEmpty())
            .allSatisfy(
                app -> assertThat(app.unanswered()).allMatch(each -> each.sent().isBefore(up)));
        assertThat(stage.upstream()).isEqualTo(2);
        FaultReport.add(GROUP, "SIGKILL and restart", apps, stage.upstream(), second.peakMemory());
      }
    }
  }

  @Test
  void withoutDescriptorsKeptConnectionsAreServedAndAllIsWellWhenThereAreSomeAgain()
      throws Exception {
    int limit = 128;
    try (Stage stage = new Stage();
        Subject broker =
            Subject.start(stage.environment(), "prlimit", "--nofile=" + limit + ":" + limit);
        App app = new App(broker.port(), App.CALM)) {
      Stage.until("a first token", () -> app.served() > 0);
      List<Socket> flood = new ArrayList<>();
      for (int i = 0; i < 2 * limit; i++) {
        flood.add(new Socket("127.0.0.1", broker.port()));
      }
      int served = app.served();
      Stage.until("it is served beside the flood", () -> app.served() > served + 50);
      for (Socket each : flood) {
        each.close();
      }

      int tokens = app.tokens();
      Stage.until("two renewals", () -> app.tokens() >= tokens + 2);
      try (RawClient newcomer = new RawClient(broker.port())) {
        assertThat(newcomer.send(Requests.imds(App.VAULT)).read().status()).isEqualTo(200);
      }
      assertThat(app.wrongs()).isEmpty();
      assertThat(app.unanswered()).isEmpty();
      FaultReport.add(
          GROUP, "no file descriptors left", List.of(app), stage.upstream(), broker.peakMemory());
    }
  }

  private static List<App> hurried(Subject broker, int count) {
    return Stream.generate(() -> new App(broker.port(), Duration.ZERO)).limit(count).toList();
  }
}

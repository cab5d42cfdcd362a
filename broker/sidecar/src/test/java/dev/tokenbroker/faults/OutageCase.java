package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How every outage is lived through: the held token is served until its end and not beyond, then
 * the app is told why and when to come back, and when the outage is over it gets a token again.
 */
final class OutageCase {

  private OutageCase() {}

  static void play(
      String group, Outage outage, Stage stage, Map<String, String> environment, String... prefix) {
    try (Subject broker = Subject.start(environment, prefix);
        App app = new App(broker.port(), App.CALM)) {
      Stage.until("a first token", () -> app.served() > 0);
      long began = System.nanoTime();
      int before = stage.upstream();
      outage.begin().accept(stage);

      Stage.until("the held token ends", () -> says(app, outage));
      assertThat(broker.isLive()).isTrue();

      int calls = stage.upstream() - before;
      Duration lasted = Duration.ofNanos(System.nanoTime() - began);
      outage.end().accept(stage);
      int served = app.served();
      Stage.until("it heals", () -> app.served() > served);

      assertThat(app.wrongs()).isEmpty();
      assertThat(app.unanswered()).isEmpty();
      assertThat(app.refusals())
          .allSatisfy(refusal -> assertThat(refusal.status()).isEqualTo(outage.status()))
          .allSatisfy(refusal -> assertThat(refusal.headers()).containsKey("retry-after"))
          .allSatisfy(refusal -> assertThat(refusal.headers()).containsKey("content-length"));
      assertThat(calls)
          .as("calls of Entra in %s", lasted)
          .isLessThanOrEqualTo(bound(outage, lasted));
      FaultReport.add(group, outage.name(), List.of(app), stage.upstream(), broker.peakMemory());
    }
  }

  private static boolean says(App app, Outage outage) {
    return app.refusals().stream()
        .map(Response::body)
        .anyMatch(each -> each.contains(outage.says()));
  }

  /**
   * Until the breaker opens, five attempts of two tries; then one attempt in five seconds. With
   * nothing to send, none but the one that may have been under way when it began.
   */
  private static int bound(Outage outage, Duration lasted) {
    return !outage.reachesEntra() ? 1 : 2 * (5 + 1 + (int) lasted.toSeconds() / 5);
  }
}

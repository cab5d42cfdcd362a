package dev.tokenbroker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an outage costs Entra: a handful of calls a minute from each pod, whatever its apps do. */
class OutageTest {

  private static final int MINUTES = 30;
  private static final int RESOURCES = 20;

  private final Timeline time = new Timeline();
  private final int[] calls = new int[MINUTES];

  @Test
  void whileEntraIsDownAPodThatAsksForTwentyTokensEachSecondCallsAHandfulOfTimesAMinute() {
    outage(Unavailable.silent("no answer"));

    assertThat(calls[0])
        .as("at first all are asked for side by side, each with its one retry")
        .isLessThanOrEqualTo(2 * RESOURCES + 8);
    for (int minute = 1; minute < MINUTES; minute++) {
      assertThat(calls[minute]).isBetween(2, 8);
    }
  }

  @Test
  void whileEntraThrottlesItIsNeverCalledMoreOftenThanItAsks() {
    outage(new Throttled("slow down", Optional.of(Duration.ofSeconds(20))));

    assertThat(calls[0]).isLessThanOrEqualTo(RESOURCES + 3);
    for (int minute = 1; minute < MINUTES; minute++) {
      assertThat(calls[minute]).isBetween(1, 3);
    }
  }

  private void outage(TokenFailure failure) {
    FleetPod pod =
        FleetPod.withBroker(
            RESOURCES,
            key -> {
              calls[time.second() / 60]++;
              return Future.failedFuture(new TokenFailureException(failure));
            },
            time,
            new Random(20261124L),
            Duration.ZERO);
    pod.start();
    time.run(
        Duration.ofMinutes(MINUTES),
        () -> {
          if (time.step() % Timeline.STEPS_A_SECOND == 0) {
            pod.ask();
          }
          if (time.step() % (2 * Timeline.STEPS_A_SECOND) == 0) {
            pod.sweep();
          }
        });
  }
}

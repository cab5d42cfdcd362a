package dev.tokenbroker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assembly.Running;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.testing.PodConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The node's clock is set. This one runs in the test's process, as no other process's clock can be
 * set without setting the machine's; sockets and Entra are as in the other cases.
 */
class ClockStepsIT {

  private static final String GROUP = "clock";

  private final ManualClock wall = new ManualClock(Clock.systemUTC().instant());
  private final AtomicLong nanos = new AtomicLong();
  private final EmulatedPod pod = new EmulatedPod(wall);
  private final Running broker = new Running(PodConfig.of(pod, Map.of()), wall, nanos::get);
  private int requests;

  @AfterEach
  void stop() {
    broker.close();
    pod.close();
  }

  @Test
  void setBackByTwoDaysItServesTheHeldTokenForItsTrueLifeAndNoLonger() {
    String held = token();
    wall.advance(Duration.ofDays(-2));

    pass(Duration.ofMinutes(30));
    assertThat(token()).isEqualTo(held);
    assertThat(pod.entra().exchanges()).hasSize(1);

    pass(Duration.ofMinutes(31));
    pod.rotate();
    assertThat(token()).as("its life of an hour is over").isNotEqualTo(held);
    assertThat(pod.entra().exchanges()).hasSize(2);
    report("set back by two days");
  }

  @Test
  void setForwardByFiftyMinutesItRenewsEarlyAndOnce() {
    String held = token();
    wall.advance(Duration.ofMinutes(50));

    Running.until("it is renewed", () -> !token().equals(held));
    for (int i = 0; i < 100; i++) {
      token();
    }
    assertThat(pod.entra().exchanges()).hasSize(2);
    report("set forward by 50 minutes");
  }

  @Test
  void setToAndFroItNeitherFailsNorStormsEntra() {
    token();
    for (int i = 0; i < 50; i++) {
      wall.advance(Duration.ofMinutes(40));
      pod.rotate();
      token();
      wall.advance(Duration.ofMinutes(-40));
      pod.rotate();
      token();
    }
    assertThat(pod.entra().exchanges()).hasSizeLessThanOrEqualTo(2);
    report("set to and fro by 40 minutes, 50 times");
  }

  @Test
  void setForwardPastTheEndOfTheHeldTokenItFetchesAnother() {
    String held = token();
    wall.advance(Duration.ofHours(5));
    pod.rotate();

    assertThat(token()).isNotEqualTo(held);
    assertThat(pod.entra().exchanges()).hasSize(2);
    report("set forward by five hours");
  }

  private void pass(Duration time) {
    wall.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  /** Fails unless there is one. */
  private String token() {
    requests++;
    return broker.token(App.VAULT);
  }

  private void report(String name) {
    FaultReport.add(GROUP, name, requests, 0, pod.entra().exchanges().size(), 0);
  }
}

package dev.tokenbroker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {

  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock wall = new ManualClock(START);
  private long nanos = Long.MAX_VALUE - 1;
  private final MonotonicClock steady = new MonotonicClock(wall, () -> nanos);

  @Test
  void aWallClockSetBackDoesNotTurnTimeBack() {
    wall.advance(HOUR.negated());
    pass(Duration.ofMinutes(5));

    assertThat(steady.instant()).isEqualTo(START.plusSeconds(300));
  }

  @Test
  void timeGoesOnAtItsPaceAfterTheWallClockWasSetBack() {
    wall.advance(HOUR.negated());
    steady.instant();
    pass(HOUR);
    wall.advance(HOUR);

    assertThat(steady.instant()).isEqualTo(START.plus(HOUR));
  }

  @Test
  void aWallClockAheadIsFollowedSinceTheMachineMayHaveSlept() {
    wall.advance(HOUR);

    assertThat(steady.instant()).isEqualTo(START.plus(HOUR));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}

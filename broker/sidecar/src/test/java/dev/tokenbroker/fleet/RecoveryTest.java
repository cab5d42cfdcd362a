package dev.tokenbroker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.fleet.FailingEntra.Trouble;
import dev.tokenbroker.token.TokenFailure.Reach;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How soon every key has its token once Entra answers again: docs/reliability.md, Recovery. */
class RecoveryTest {

  private static final long SEED = 20261128L;
  private static final int RUNS = 3;
  private static final Duration PROMISE = Duration.ofSeconds(35);

  private static final List<Duration> OUTAGES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(100),
          Duration.ofMinutes(10),
          Duration.ofHours(2));

  private static final List<Trouble> TROUBLES =
      List.of(
          new Trouble(
              "connections refused", Unavailable.silent("No connection"), Duration.ofMillis(100)),
          new Trouble(
              "no answer", Unavailable.silent("No answer in time"), FailingEntra.EXCHANGE_TIMEOUT),
          new Trouble(
              "429, Retry-After 3",
              new Throttled("slow down", Optional.of(Duration.ofSeconds(3))),
              FailingEntra.LATENCY),
          new Trouble(
              "429 without Retry-After",
              new Throttled("slow down", Optional.empty()),
              FailingEntra.LATENCY),
          new Trouble(
              "503 in Entra's JSON",
              new Unavailable("Entra cannot answer now", Optional.empty(), Reach.IDENTITY),
              FailingEntra.LATENCY));

  @ParameterizedTest(name = "{0} keys")
  @MethodSource("keys")
  void everyKeyHasItsTokenAtMost35SecondsAfterEntraAnswersAgainHoweverLongTheOutage(int keys) {
    System.out.println("recovery simulation: seeds from " + SEED);
    for (Trouble trouble : TROUBLES) {
      for (Duration outage : OUTAGES) {
        for (int run = 0; run < RUNS; run++) {
          RecoverySimulation simulation = new RecoverySimulation(trouble, outage, keys, SEED + run);
          Duration recovery = simulation.run(keys);
          System.out.println(simulation + ": " + recovery + ", " + simulation.calls() + " calls");
          assertThat(recovery).as("%s", simulation).isLessThanOrEqualTo(PROMISE);
        }
      }
    }
  }

  static Stream<Integer> keys() {
    return Stream.of(1, 4, 50);
  }
}

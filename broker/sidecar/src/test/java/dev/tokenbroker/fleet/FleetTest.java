package dev.tokenbroker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.fleet.FleetSimulation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The claims, the table and the plot of docs/reliability.md, section Fleet. */
class FleetTest {

  private static final long SEED = 20261124L;
  private static final Path DOCS = Path.of("../..", "docs");
  private static final Path DRAWN = Path.of("target");

  /** The first wave is over, whatever the behaviour. */
  private static final int AFTER_THE_FIRST_WAVE = 5;

  /** All have their tokens, and no renewal has begun. */
  private static final int RENEWALS = 360;

  private static Outcome everyRequestAsks;
  private static Outcome noJitter;
  private static Outcome broker;
  private static Outcome spread;

  @BeforeAll
  static void simulate() {
    System.out.println("fleet simulation: seed " + SEED);
    everyRequestAsks = FleetSimulation.run(FleetBehaviour.EVERY_REQUEST_ASKS, SEED);
    noJitter = FleetSimulation.run(FleetBehaviour.NO_JITTER, SEED);
    broker = FleetSimulation.run(FleetBehaviour.BROKER, SEED);
    spread = FleetSimulation.run(FleetBehaviour.SPREAD, SEED);
  }

  @Test
  void aRestartCostsOneCallAPodAtFirstHoweverManyTokensItWants() {
    assertThat(broker.peak()).isLessThanOrEqualTo(FleetSimulation.PODS);
  }

  @Test
  void aThrottledFleetComesBackApart() {
    assertThat(broker.peakFrom(AFTER_THE_FIRST_WAVE))
        .isLessThan(noJitter.peakFrom(AFTER_THE_FIRST_WAVE) * 3 / 4);
    assertThat(broker.total()).isLessThan(noJitter.total());
  }

  @Test
  void renewalsAreFarBelowWhatEntraGives() {
    assertThat(broker.peakFrom(RENEWALS)).isLessThan(noJitter.peakFrom(RENEWALS));
  }

  @Test
  void everyPodHasItsTokensInTwoMinutesWhileWithoutACacheTheFleetNeverRecovers() {
    int end = (int) FleetSimulation.OBSERVED.toSeconds() - 1;

    assertThat(broker.lastRefusal()).isBetween(0, 120);
    assertThat(spread.lastRefusal()).isBetween(0, 120);
    assertThat(everyRequestAsks.lastRefusal()).isEqualTo(end);
    assertThat(everyRequestAsks.total()).isGreaterThan(10 * broker.total());
  }

  @Test
  void theStartupSpreadTakesThePeakAway() {
    assertThat(spread.peak()).isLessThan(broker.peak() / 3);
    assertThat(spread.total()).isLessThan(broker.total());
  }

  @Test
  void thePlotAndTheTableOfThePageAreThoseOfThisRun() throws IOException {
    List<Outcome> outcomes = List.of(everyRequestAsks, noJitter, broker, spread);
    String plot = FleetPlot.svg(outcomes);
    String table = String.join("\n", outcomes.stream().map(FleetTest::row).toList());
    Files.writeString(DRAWN.resolve("fleet.svg"), plot);
    Files.writeString(DRAWN.resolve("fleet.md"), table + "\n");

    assertThat(Files.readString(DOCS.resolve("reliability.md")))
        .as("docs/reliability.md holds the rows of broker/sidecar/target/fleet.md")
        .contains(table);
    assertThat(Files.readString(DOCS.resolve("fleet.svg")))
        .as("docs/fleet.svg is broker/sidecar/target/fleet.svg")
        .isEqualTo(plot);
  }

  private static String row(Outcome outcome) {
    boolean recovered = outcome.lastRefusal() < FleetSimulation.OBSERVED.toSeconds() - 1;
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %,d | %,d | %s |",
        outcome.behaviour().title(),
        outcome.peak(),
        outcome.peakFrom(AFTER_THE_FIRST_WAVE),
        outcome.peakFrom(RENEWALS),
        outcome.total(),
        outcome.throttled(),
        recovered ? outcome.lastRefusal() + " s" : "never");
  }
}

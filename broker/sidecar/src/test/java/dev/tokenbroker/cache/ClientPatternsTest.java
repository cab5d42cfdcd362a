package dev.tokenbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cache.ClientSimulation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients get while Entra is well: the promise and the table of docs/reliability.md. */
class ClientPatternsTest {

  private static final long SEED = 20261124L;
  private static final Path PAGE = Path.of("../..", "docs", "reliability.md");
  private static final Path TABLE = Path.of("target", "clients.md");
  private static final List<Duration> LIVES =
      List.of(
          Duration.ofHours(24),
          Duration.ofMinutes(80),
          Duration.ofHours(1),
          Duration.ofMinutes(10));

  private record Case(ClientPattern pattern, Duration life, Outcome plain, Outcome advised) {

    List<Outcome> both() {
      return List.of(plain, advised);
    }
  }

  private static final List<Case> CASES = new ArrayList<>();

  @BeforeAll
  static void simulate() {
    for (ClientPattern pattern : ClientPattern.ALL) {
      for (Duration life : LIVES) {
        CASES.add(
            new Case(
                pattern,
                life,
                ClientSimulation.run(pattern, life, Optional.empty(), SEED),
                ClientSimulation.run(pattern, life, Optional.of(life.dividedBy(2)), SEED)));
      }
    }
  }

  @Test
  void noClientEverMeetsATokenThatItWouldThrowAwayAtOnce() {
    for (Case each : CASES) {
      long ending = Math.min(300, each.life().toSeconds() / 10);
      for (Outcome outcome : each.both()) {
        assertThat(outcome.leastLeft()).as("%s, %s", each, outcome).isGreaterThanOrEqualTo(ending);
      }
    }
  }

  @Test
  void noRequestIsDelayedForLongerThanASecond() {
    for (Case each : CASES) {
      for (Outcome outcome : each.both()) {
        assertThat(outcome.longestDelay())
            .as("%s, %s", each, outcome)
            .isLessThanOrEqualTo(RefreshPolicy.LONGEST_DELAY);
      }
    }
  }

  @Test
  void clientsThatFollowTheirTokensEndAreNeverDelayed() {
    for (Case each : CASES) {
      for (Outcome outcome : each.both()) {
        if (!each.pattern().title().startsWith("once")) {
          assertThat(outcome.delayed()).as("%s, %s", each, outcome).isZero();
        }
      }
    }
  }

  @Test
  void theTableOfThePageIsThatOfThisRun() throws IOException {
    String table = String.join("\n", CASES.stream().map(ClientPatternsTest::row).toList());
    Files.writeString(TABLE, table + "\n");

    assertThat(Files.readString(PAGE))
        .as("docs/reliability.md holds the rows of broker/sidecar/target/clients.md")
        .contains(table);
  }

  private static String row(Case each) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s |",
        each.pattern().title(),
        each.life().toHours() > 1 ? each.life().toHours() + " h" : each.life().toMinutes() + " min",
        cells(each.plain()),
        cells(each.advised()));
  }

  private static String cells(Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%,d s | %,d of %,d | %.1f",
        outcome.leastLeft(),
        outcome.delayed(),
        outcome.requests(),
        outcome.exchangesADay());
  }
}

package dev.tokenbroker.cache;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.NoAssertion;
import dev.tokenbroker.token.TokenFailure.NotAsked;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final Map<String, TokenFailure> FAILURES =
      Map.ofEntries(
          entry("propagating", rejected(Outlook.PROPAGATING)),
          entry("lasting", rejected(Outlook.LASTING)),
          entry("blocked", rejected(Outlook.BLOCKED)),
          entry("no file", new NoAssertion("gone")),
          entry("down", new Unavailable("down", Optional.empty())),
          entry("down for 30 s", new Unavailable("down", Optional.of(Duration.ofSeconds(30)))),
          entry("throttled", new Throttled("slow", Optional.empty())),
          entry("throttled for 60 s", new Throttled("slow", Optional.of(Duration.ofSeconds(60)))),
          entry("throttled for 600 s", new Throttled("slow", Optional.of(Duration.ofSeconds(600)))),
          entry(
              "not asked for 30 s",
              new NotAsked("spared", Optional.of(Duration.ofSeconds(30)), false)),
          entry("not asked for 0 s", new NotAsked("spared", Optional.of(Duration.ZERO), false)),
          entry("throttled for a day", new Throttled("slow", Optional.of(Duration.ofDays(1)))));

  @ParameterizedTest(name = "{0}, failure {1}, random {2}: {3}")
  @CsvSource({
    "propagating,         1,    0.0,  PT5S",
    "propagating,         2,    0.0,  PT10S",
    "propagating,         50,   0.9,  PT30S",
    "lasting,             1,    0.0,  PT5S",
    "lasting,             1000, 0.0,  PT60S",
    "blocked,             1,    0.0,  PT1M",
    "blocked,             99,   0.0,  PT10M",
    "no file,             1,    0.0,  PT1S",
    "no file,             9,    0.0,  PT5S",
    "down,                1,    0.0,  PT1S",
    "down,                1,    0.5,  PT1.5S",
    "down,                5,    0.0,  PT1S",
    "down,                9999, 0.5,  PT15.5S",
    "down for 30 s,       1,    0.0,  PT30S",
    "throttled,           1,    0.0,  PT1S",
    "throttled for 60 s,  1,    0.0,  PT60S",
    "throttled for 60 s,  9999, 0.9,  PT60S",
    "throttled for 600 s, 5,    0.9,  PT10M",
    "throttled for a day, 1,    0.9,  PT10M",
    "not asked for 30 s,  1,    0.0,  PT30S",
    "not asked for 30 s,  6,    0.0,  PT30S",
    "not asked for 30 s,  9999, 0.9,  PT30.9S",
    "not asked for 0 s,   1,    0.0,  PT1S",
  })
  void theNextExchangeComesAfter(String what, int failures, double random, Duration expected) {
    assertThat(FailureBackoff.pause(FAILURES.get(what), failures, random)).isEqualTo(expected);
  }

  private static Rejected rejected(Outlook outlook) {
    return new Rejected("invalid_client", 700016, "no", "c0", Optional.empty(), outlook);
  }
}

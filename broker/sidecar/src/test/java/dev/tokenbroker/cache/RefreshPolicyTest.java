package dev.tokenbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshPolicyTest {

  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an hour: three quarters,                            PT60M, ,      0.0,    PT45M",
    "an hour with the most jitter: a tenth earlier,      PT60M, ,      0.9999, PT40M30S",
    "ninety minutes,                                     PT90M, ,      0.0,    PT67M30S",
    "two hours: still three quarters,                    PT2H,  ,      0.0,    PT90M",
    "a managed identity's day: half,                     PT24H, ,      0.0,    PT12H",
    "Entra's advice wins,                                PT24H, PT6H,  0.0,    PT6H",
    "advice is jittered too,                             PT24H, PT10H, 0.5,    PT9H30M",
    "advice past the last ten minutes is cut,            PT60M, PT59M, 0.0,    PT50M",
    "twenty minutes: ten before the end,                 PT20M, ,      0.0,    PT10M",
    "jitter is there beside that limit too,              PT20M, ,      0.9999, PT9M",
    "eleven minutes: half,                               PT11M, ,      0.0,    PT5M30S",
    "a second above ten minutes is not renewed at once,  PT10M1S, ,    0.0,    PT5M",
    "advice past three quarters of a short life is cut,  PT8M,  PT7M50S, 0.0,  PT6M",
    "five minutes: three quarters is all there is,       PT5M,  ,      0.0,    PT3M45S",
  })
  void aTokenIsRenewedAfter(
      String title, Duration life, Duration refreshIn, double random, Duration expected) {
    AccessToken token =
        new AccessToken("t", START, START.plus(life), Optional.ofNullable(refreshIn));

    Duration wait = Duration.between(START, RefreshPolicy.refreshAt(token, random));

    assertThat(wait).isCloseTo(expected, Duration.ofSeconds(1));
  }
}

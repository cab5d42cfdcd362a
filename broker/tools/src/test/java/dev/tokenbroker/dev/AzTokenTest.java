package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzTokenTest {

  private static final Instant WALL = Instant.parse("2026-11-24T12:00:00Z");

  /** The clock of lifetimes need not agree with the wall clock. */
  private static final Instant STEADY = WALL.plusSeconds(1000);

  @Test
  void theEpochDecidesWhereBothAreGiven() {
    AccessToken token =
        read("""
                {"accessToken":"a.b.c","expiresOn":"2026-11-24 23:00:00.000000",
                 "expires_on":%d,"tokenType":"Bearer"}"""
                .formatted(WALL.plusSeconds(3600).getEpochSecond()))
            .orElseThrow();

    assertThat(token.value()).isEqualTo("a.b.c");
    assertThat(token.issuedAt()).isEqualTo(STEADY);
    assertThat(token.lifetime()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,           2026-11-24 13:00:00.000000, 3600",
    "UTC,           2026-11-24 13:00:00,        3600",
    "Europe/Berlin, 2026-11-24 14:00:00.114324, 3600",
  })
  void anOldAzGivesLocalTimeOnly(String zone, String expiresOn, long seconds) {
    AccessToken token =
        read("{\"accessToken\":\"a\",\"expiresOn\":\"" + expiresOn + "\"}", zone).orElseThrow();

    assertThat(token.lifetime().toSeconds()).isEqualTo(seconds);
  }

  @Test
  void inTheHourThatComesTwiceTheTokenEndsInTheFirst() {
    Instant before = Instant.parse("2026-10-25T00:00:00Z");
    AccessToken token =
        AzToken.of(
                "{\"accessToken\":\"a\",\"expiresOn\":\"2026-10-25 02:30:00.000000\"}",
                before,
                before,
                ZoneId.of("Europe/Berlin"))
            .orElseThrow();

    assertThat(token.expiresAt()).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void aTokenNearItsEndIsRenewedWhenAzGivesAnother() {
    AccessToken token =
        read("{\"accessToken\":\"a\",\"expires_on\":\"%d\"}"
                .formatted(WALL.plusSeconds(540).getEpochSecond()))
            .orElseThrow();

    assertThat(token.refreshIn()).contains(Duration.ofSeconds(245));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Traceback (most recent call last):",
        "[]",
        "{}",
        "{\"accessToken\":\"a\"}",
        "{\"accessToken\":\"\",\"expires_on\":1795525200}",
        "{\"accessToken\":7,\"expires_on\":1795525200}",
        "{\"accessToken\":\"a\",\"expires_on\":\"soon\"}",
        "{\"accessToken\":\"a\",\"expires_on\":1}",
        "{\"accessToken\":\"a\",\"expires_on\":1795525200,\"tokenType\":\"pop\"}",
      })
  void whateverElseIsPrintedIsNoToken(String printed) {
    assertThat(read(printed)).isEmpty();
  }

  private static Optional<AccessToken> read(String printed) {
    return AzToken.of(printed, STEADY, WALL, ZoneOffset.UTC);
  }

  private static Optional<AccessToken> read(String printed, String zone) {
    return AzToken.of(printed, STEADY, WALL, ZoneId.of(zone));
  }
}

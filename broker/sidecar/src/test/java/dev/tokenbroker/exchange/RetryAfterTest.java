package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "' 30 ', 30", "007, 7", "999999999, 999999999"})
  void secondsAreTaken(String value, long seconds) {
    assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void aDateMeansTheTimeUntilThen() {
    assertThat(RetryAfter.parse("Tue, 24 Nov 2026 08:01:30 GMT", NOW))
        .contains(Duration.ofSeconds(90));
  }

  @Test
  void aDateThatHasPassedMeansNow() {
    assertThat(RetryAfter.parse("Tue, 24 Nov 2026 07:59:00 GMT", NOW)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-1", "1.5", "1e3", "soon", "9999999999", "2026-11-24T08:01:30Z", "٣"})
  void whatMakesNoSenseCountsAsAbsent(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }
}

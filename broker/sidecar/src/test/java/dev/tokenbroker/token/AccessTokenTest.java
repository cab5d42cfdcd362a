package dev.tokenbroker.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One fact for all: a token ends at the whole second that clients are told, or earlier. */
class AccessTokenTest {

  private static final Instant END = Instant.parse("2026-11-24T09:00:00Z");
  private static final AccessToken TOKEN =
      new AccessToken(
          "t", END.minusSeconds(3600).plusMillis(700), END.plusMillis(700), Optional.empty());

  @Test
  void theEndIsTheWholeSecondThatClientsAreTold() {
    assertThat(TOKEN.expiresAt()).isEqualTo(END);
    assertThat(TOKEN.lifetime()).isEqualTo(Duration.ofMillis(3_599_300));
  }

  @ParameterizedTest(name = "{0} ms before the end: valid {1}")
  @CsvSource({"2000, true", "1000, true", "999, false", "300, false", "0, false", "-860, false"})
  void itIsValidWhileAWholeSecondIsLeftToTell(long millisBefore, boolean valid) {
    assertThat(TOKEN.isValidAt(END.minusMillis(millisBefore))).isEqualTo(valid);
  }

  @ParameterizedTest(name = "{0} ms before the end: expires_in {1}")
  @CsvSource({"3599300, 3599", "2999, 2", "1000, 1", "999, 1", "0, 1", "-60000, 1"})
  void theSecondsToldAreRoundedDownAndNeverBelowOne(long millisBefore, long told) {
    assertThat(TOKEN.expiresIn(END.minusMillis(millisBefore).toEpochMilli())).isEqualTo(told);
  }
}

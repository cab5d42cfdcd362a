package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer's {@code expires_in} and {@code refresh_in} come to, sane or not. */
class TokenLifeTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final String SECRET = "entra-token-value";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "\"0\"",
        "\"-1\"",
        "\"\"",
        "null",
        "true",
        "{}",
        "9223372036854775807",
        "-9223372036854775808",
        "1e300"
      })
  void withoutALifeThatMakesSenseThereIsNoToken(String expiresIn) {
    TokenFailureException refused =
        catchThrowableOfType(TokenFailureException.class, () -> token(expiresIn, "1800"));

    assertThat(refused).as("a failure that callers understand").isNotNull();
    assertThat(refused.failure()).isInstanceOf(Unavailable.class);
    assertThat(refused.getMessage()).contains("200 without a usable token").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1800", "\"1800\""})
  void adviceWhenToRenewMayBeANumberOrANumericString(String refreshIn)
      throws TokenFailureException {
    assertThat(token("3599", refreshIn).refreshIn()).contains(Duration.ofSeconds(1800));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "3599", "86400", "\"x\"", "null", "9223372036854775807", "1e300"})
  void adviceThatMakesNoSenseIsIgnoredAndTheTokenIsNot(String refreshIn)
      throws TokenFailureException {
    AccessToken token = token("3599", refreshIn);

    assertThat(token.refreshIn()).isEmpty();
    assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3599));
  }

  private static AccessToken token(String expiresIn, String refreshIn)
      throws TokenFailureException {
    String body =
        "{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"expires_in\":%s,\"refresh_in\":%s}"
            .formatted(SECRET, expiresIn, refreshIn);
    return new EntraResponse(NOW, "sent-id", Optional.empty(), OutboundRoute.direct())
        .of(new EntraTransport.Response(200, MultiMap.caseInsensitiveMultiMap(), body));
  }
}

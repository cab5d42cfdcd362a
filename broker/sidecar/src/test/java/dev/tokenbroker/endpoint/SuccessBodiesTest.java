package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.identity.Tokens;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuccessBodiesTest {

  private final AccessToken token = Tokens.opaque("t");
  private final ManualClock clock = new ManualClock(Tokens.ISSUED);
  private final SuccessBodies bodies = new SuccessBodies(clock);

  @Test
  void withinOneSecondTheSameBytesAreSent() {
    clock.advance(Duration.ofMillis(1));
    var first = bodies.of(key(0), token, "r");

    clock.advance(Duration.ofMillis(999));
    assertThat(bodies.of(key(0), token, "r")).isSameAs(first);
    clock.advance(Duration.ofMillis(1));
    assertThat(bodies.of(key(0), token, "r")).isNotSameAs(first);
  }

  @Test
  void secondsLeftAreRoundedDownAndNeverBelowOne() {
    clock.advance(Duration.ofMillis(3_596_001));
    assertThat(bodies.of(key(0), token, "r").toString()).contains("\"expires_in\":\"2\"");
    clock.advance(Duration.ofMillis(2_500));
    assertThat(bodies.of(key(0), token, "r").toString())
        .contains("\"expires_in\":\"1\"", "\"ext_expires_in\":\"1\"");
  }

  @Test
  void theLeastWantedBodyLeaves() {
    var first = bodies.of(key(0), token, "r");
    for (int i = 1; i < SuccessBodies.MAX; i++) {
      bodies.of(key(i), token, "r");
    }
    assertThat(bodies.of(key(0), token, "r")).isSameAs(first);

    for (int i = 1; i <= SuccessBodies.MAX; i++) {
      bodies.of(key(i), token, "r");
    }
    assertThat(bodies.of(key(0), token, "r")).isNotSameAs(first).isEqualTo(first);
  }

  private static TokenKey key(int i) {
    return new TokenKey("https://login.microsoftonline.com", "t", "client-" + i, "r/.default");
  }
}

package dev.tokenbroker.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.Aadsts.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AadstsTest {

  @ParameterizedTest(name = "{0} belongs to {1}: {2}")
  @CsvSource({
    "700024,  700024,  STALE_ASSERTION",
    "700021,  700021,  LASTING",
    "70021,   70021,   PROPAGATING",
    "70025,   70025,   PROPAGATING",
    "7002111, 700211,  PROPAGATING",
    "7002121, 700212,  LASTING",
    "700213,  700213,  PROPAGATING",
    "7002138, 700213,  PROPAGATING",
    "90061,   90061,   TRANSIENT",
    "50166,   50166,   TRANSIENT",
    "7000272, 7000272, PROPAGATING",
    "700027,  700027,  LASTING",
    "700016,  700016,  LASTING",
    "90002,   90002,   LASTING",
    "900023,  900023,  LASTING",
    "500011,  500011,  LASTING",
    "70011,   70011,   LASTING",
    "1002012, 1002012, LASTING",
    "53003,   53003,   BLOCKED",
    "530032,  530032,  BLOCKED",
    "50196,   50196,   BLOCKED",
    "90055,   90055,   THROTTLED",
    "90033,   90033,   TRANSIENT",
    "90006,   90006,   TRANSIENT",
    "90012,   90012,   TRANSIENT",
    "90024,   90024,   TRANSIENT",
    "90090,   90090,   TRANSIENT",
    "50033,   50033,   TRANSIENT",
    "90036,   90036,   LASTING",
  })
  void theLongestPrefixThatFitsIsTheFamily(int number, String family, Kind kind) {
    Aadsts found = Aadsts.of(number).orElseThrow();

    assertThat(found.digits()).isEqualTo(family);
    assertThat(found.kind()).isEqualTo(kind);
    assertThat(found.remedy().cause()).isNotBlank();
  }

  @Test
  void anUnknownNumberHasNoFamily() {
    assertThat(Aadsts.of(0)).isEmpty();
    assertThat(Aadsts.of(424242)).isEmpty();
  }
}

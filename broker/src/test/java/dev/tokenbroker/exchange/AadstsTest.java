package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.TokenFailure.Outlook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AadstsTest {

  @ParameterizedTest
  @CsvSource({
    "700024, STALE_ASSERTION, PROPAGATING",
    "700021, LASTING, LASTING",
    "70021, PROPAGATING, PROPAGATING",
    "700211, PROPAGATING, PROPAGATING",
    "700212, LASTING, LASTING",
    "700213, PROPAGATING, PROPAGATING",
    "90061, TRANSIENT, PROPAGATING",
    "50166, TRANSIENT, PROPAGATING",
    "7000272, PROPAGATING, PROPAGATING",
    "700027, LASTING, LASTING",
    "700016, LASTING, LASTING",
    "90002, LASTING, LASTING",
    "900023, LASTING, LASTING",
    "500011, LASTING, LASTING",
    "70011, LASTING, LASTING",
    "1002012, LASTING, LASTING",
    "53003, BLOCKED, BLOCKED",
    "530032, BLOCKED, BLOCKED",
    "50196, BLOCKED, BLOCKED",
    "90036, LASTING, LASTING",
    "90055, THROTTLED, PROPAGATING",
    "90033, TRANSIENT, PROPAGATING",
    "90006, TRANSIENT, PROPAGATING",
    "90012, TRANSIENT, PROPAGATING",
    "90024, TRANSIENT, PROPAGATING",
    "90090, TRANSIENT, PROPAGATING",
    "50033, TRANSIENT, PROPAGATING",
  })
  void aNumberIsKnownAsItIsAndWithDigitsAdded(int number, Aadsts.Kind kind, Outlook outlook) {
    Aadsts family = Aadsts.of(number).orElseThrow();

    assertThat(family.prefix()).isEqualTo(Integer.toString(number));
    assertThat(family.kind()).isEqualTo(kind);
    assertThat(family.kind().outlook).isEqualTo(outlook);
    assertThat(family.hint().text()).isNotBlank();
    assertThat(Aadsts.of(number * 10 + 8)).contains(family);
    assertThat(Aadsts.of(number * 100 + 88)).contains(family);
  }

  @ParameterizedTest
  @CsvSource({
    "7000272, 7000272",
    "7000271, 700027",
    "700021, 700021",
    "700210, 70021",
    "7002138, 700213",
    "7002111, 700211",
    "700214, 70021",
    "900023, 900023",
    "900021, 90002",
    "530032, 530032",
    "530031, 53003",
  })
  void theLongestFamilyThatFitsWins(int number, String family) {
    assertThat(Aadsts.of(number).orElseThrow().prefix()).isEqualTo(family);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 7002, 16000, 123456, 999999999, -70021, Integer.MAX_VALUE})
  void anUnknownNumberHasNoFamily(int number) {
    assertThat(Aadsts.of(number)).isEmpty();
  }

  @Test
  void onlyRefusalsThatACredentialMendsPrintTheCommand() {
    assertThat(Aadsts.of(700213).orElseThrow().hint().fixedByCredential()).isTrue();
    assertThat(Aadsts.of(70021).orElseThrow().hint().fixedByCredential()).isTrue();
    assertThat(Aadsts.of(700021).orElseThrow().hint().fixedByCredential()).isFalse();
    assertThat(Aadsts.of(700016).orElseThrow().hint().fixedByCredential()).isFalse();
  }
}

package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entra adds digits to its numbers: 700213 is seen as 7002138. */
class AadstsDigitsTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        700024, 700021, 70021, 700211, 700212, 700213, 90061, 50166, 7000272, 700027, 700016, 90002,
        900023, 500011, 70011, 1002012, 53003, 530032, 50196, 90036, 90055, 90033, 90006, 90012,
        90024, 90090, 50033
      })
  void everyFamilyIsKnownWithDigitsAdded(int number) {
    Aadsts family = Aadsts.of(number).orElseThrow();

    assertThat(family.prefix()).isEqualTo(Integer.toString(number));
    assertThat(Aadsts.of(number * 10 + 8)).contains(family);
    assertThat(Aadsts.of(number * 100 + 88)).contains(family);
  }

  @ParameterizedTest
  @CsvSource({"700210, 70021", "700214, 70021", "900021, 90002", "530031, 53003"})
  void digitsThatMakeNoLongerFamilyStayInTheShorterOne(int number, String family) {
    assertThat(Aadsts.of(number).orElseThrow().prefix()).isEqualTo(family);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 7002, 999999999, -70021, Integer.MAX_VALUE})
  void aPartOfAFamilysNumberIsNotThatFamily(int number) {
    assertThat(Aadsts.of(number)).isEmpty();
  }
}

package dev.tokenbroker.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entra adds digits to its numbers: 700213 is seen as 7002138. */
class AadstsDigitsTest {

  @ParameterizedTest
  @ValueSource(ints = {70021, 700211, 700212, 700213})
  void aFamilyOfFederatedCredentialsIsKnownWithDigitsAdded(int number) {
    Aadsts family = Aadsts.of(number).orElseThrow();

    assertThat(family.digits()).isEqualTo(Integer.toString(number));
    assertThat(Aadsts.of(number * 10 + 8)).contains(family);
    assertThat(Aadsts.of(number * 100 + 88)).contains(family);
  }

  @ParameterizedTest
  @CsvSource({"700210, 70021", "700214, 70021"})
  void digitsThatMakeNoLongerFamilyStayInTheShorterOne(int number, String family) {
    assertThat(Aadsts.of(number).orElseThrow().digits()).isEqualTo(family);
  }

  @ParameterizedTest
  @ValueSource(ints = {7000215, 7000218, 7000271, 900021, 530031, 5000111})
  void anotherNumberThatBeginsWithAKnownOneIsNotThatOne(int number) {
    assertThat(Aadsts.of(number)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 7002, 999999999, -70021, Integer.MAX_VALUE})
  void aPartOfAFamilysNumberIsNotThatFamily(int number) {
    assertThat(Aadsts.of(number)).isEmpty();
  }
}

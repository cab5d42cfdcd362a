package dev.tokenbroker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against encodings written out by hand from X.690. */
class DerTest {

  @ParameterizedTest
  @CsvSource({
    "2.5.29.17, 0603551d11",
    "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
    "1.3.6.1.5.5.7.3.1, 06082b06010505070301",
    "2.5.4.128, 060455048100",
  })
  void objectIdentifiersAreInBase128(String dotted, String hex) {
    assertThat(hex(Der.oid(dotted))).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({"0, 020100", "127, 02017f", "128, 02020080", "65536, 0203010000"})
  void aPositiveIntegerNeverLooksNegative(BigInteger number, String hex) {
    assertThat(hex(Der.integer(number))).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0400",
    "127, 047f",
    "128, 048180",
    "255, 0481ff",
    "256, 04820100",
    "65536, 0483010000"
  })
  void aLengthTakesAsFewOctetsAsItCan(int length, String start) {
    assertThat(hex(Der.octets(new byte[length])))
        .startsWith(start)
        .hasSize(start.length() + 2 * length);
  }

  @ParameterizedTest
  @CsvSource({
    "2049-12-31T23:59:59Z, 170d3439313233313233353935395a",
    "2050-01-01T00:00:00Z, 180f32303530303130313030303030305a",
  })
  void timesFrom2050OnHaveFourDigitsForTheYear(Instant instant, String hex) {
    assertThat(hex(Der.time(instant))).isEqualTo(hex);
  }

  @Test
  void partsStandInTheirOrder() {
    assertThat(hex(Der.sequence(Der.yes(), Der.set(Der.utf8("é")))))
        .isEqualTo("30090101ff31040c02c3a9");
    assertThat(hex(Der.wrapped(3, Der.bits(new byte[] {4}, 2)))).isEqualTo("a30403020204");
    assertThat(hex(Der.tagged(2, new byte[] {65}))).isEqualTo("820141");
  }

  private static String hex(byte[] der) {
    return HexFormat.of().formatHex(der);
  }
}

package dev.tokenbroker.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.Aadsts;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignInErrorTest {

  static Stream<Aadsts> known() {
    return Aadsts.all().filter(row -> SignInError.of(Integer.parseInt(row.digits())).isPresent());
  }

  @ParameterizedTest
  @MethodSource("known")
  void whatAPodMeetsTooIsARefusalAndLastsAsLongForAPerson(Aadsts row) {
    assertThat(row.kind().isRefusal()).isTrue();
    assertThat(SignInError.of(Integer.parseInt(row.digits())).orElseThrow().outlook)
        .isEqualTo(row.kind().outlook());
  }
}

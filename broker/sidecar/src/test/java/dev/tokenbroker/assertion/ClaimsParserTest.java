package dev.tokenbroker.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenbroker.assertion.ClaimsParser.MalformedTokenException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsParserTest {

  /** Stands in each token that is refused; no message may hold it. */
  private static final String SECRET = "c2VjcmV0";

  private static final String GOOD =
      "{'iss':'https://oidc.test/','sub':'system:serviceaccount:shop:checkout',"
          + "'aud':['api://a','api://b'],'iat':1,'exp':1795510800}";

  @Test
  void allAudiencesAndTimesAreRead() throws Exception {
    FederatedClaims claims = ClaimsParser.parse(jwt(GOOD));

    assertThat(claims.audience()).containsExactly("api://a", "api://b");
    assertThat(claims.issuedAt()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(claims.expiresAt()).isEqualTo(Instant.ofEpochSecond(1795510800));
  }

  @Test
  void aTokenWithoutIatCountsAsIssuedAtTheEpoch() throws Exception {
    assertThat(ClaimsParser.parse(jwt(GOOD.replace("'iat':1,", ""))).issuedAt())
        .isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2VjcmV0",
        "c2VjcmV0.c2VjcmV0",
        "a.b.c2VjcmV0.d",
        "c2VjcmV0.b.",
        "..",
        "a..c2VjcmV0",
        "a.c2VjcmV0.c",
        "c2VjcmV0.!!!!.c",
        "a.W10.c2VjcmV0",
        "a.bnVsbA.c2VjcmV0",
        "a.NQ.c2VjcmV0",
      })
  void whatIsNoJwtIsRefusedAndNeverQuoted(String token) {
    assertThat(refusal(token)).startsWith("is not a JWT: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'https://oidc.test/'; ''; iss",
        "'https://oidc.test/'; 5; iss",
        "'sub'; 'other'; sub",
        "'system:serviceaccount:shop:checkout'; null; sub",
        "'aud'; 'other'; aud",
        "['api://a','api://b']; 5; aud",
        "['api://a','api://b']; ['api://a',5]; aud",
        "['api://a','api://b']; []; aud",
        "['api://a','api://b']; ''; aud",
        "'iat':1; 'iat':'x'; iat",
        "'iat':1; 'iat':null; iat",
        "'exp'; 'other'; exp",
      })
  void aClaimThatIsMissingOrOfAnotherTypeIsNamed(String part, String instead, String claim) {
    assertThat(GOOD).contains(part);

    assertThat(refusal(jwt(GOOD.replace(part, instead))))
        .isEqualTo("is not a service account token: no claim " + claim);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'soon'", "null", "true", "-1", "1e400", "99999999999999999", "1e18", "[]"})
  void anExpiryThatIsNoTimeIsNoExpiry(String exp) {
    assertThat(refusal(jwt(GOOD.replace("1795510800", exp)))).endsWith("no claim exp");
  }

  private static String refusal(String token) {
    MalformedTokenException refused =
        catchThrowableOfType(MalformedTokenException.class, () -> ClaimsParser.parse(token));
    assertThat(refused).as("refused").isNotNull().hasNoCause();
    assertThat(refused.why()).doesNotContain(SECRET);
    return refused.why();
  }

  private static String jwt(String payload) {
    return base64("{\"alg\":\"RS256\"}") + "." + base64(payload.replace('\'', '"')) + "." + SECRET;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

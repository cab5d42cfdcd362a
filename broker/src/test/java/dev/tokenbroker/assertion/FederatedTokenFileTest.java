package dev.tokenbroker.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenbroker.ManualClock;
import dev.tokenbroker.emulator.FederatedTokenFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FederatedTokenFileTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final long EXP = NOW.plusSeconds(3600).getEpochSecond();

  /** Stands in each content that is refused; no message may hold it. */
  private static final String SECRET = "c2VjcmV0";

  private static final String GOOD =
      "{'iss':'https://oidc.test/','sub':'system:serviceaccount:shop:checkout',"
          + "'aud':['api://AzureADTokenExchange'],'iat':1,'exp':"
          + EXP
          + "}";

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(NOW);

  @Test
  void theTokenAndItsClaimsAreThoseOfTheFile() throws Exception {
    FederatedToken token = read(jwt(GOOD));

    assertThat(token.value()).isEqualTo(jwt(GOOD));
    assertThat(token.claims().issuer()).isEqualTo("https://oidc.test/");
    assertThat(token.claims().subject()).isEqualTo("system:serviceaccount:shop:checkout");
    assertThat(token.claims().audience()).containsExactly("api://AzureADTokenExchange");
    assertThat(token.claims().issuedAt()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(token.claims().expiresAt()).isEqualTo(Instant.ofEpochSecond(EXP));
    assertThat(token.toString()).doesNotContain(SECRET);
  }

  @Test
  void anAudienceMayBeOneString() throws Exception {
    assertThat(read(jwt(GOOD.replace("['api://AzureADTokenExchange']", "'api://one'"))).claims())
        .extracting(FederatedClaims::audience)
        .isEqualTo(List.of("api://one"));
  }

  @Test
  void aTokenWithoutIatIsTakenAsIssuedAtTheEpoch() throws Exception {
    assertThat(read(jwt(GOOD.replace("'iat':1,", ""))).claims().issuedAt())
        .isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s\n", "%s\r\n", "  %s  \n\n"})
  void whitespaceAroundTheTokenIsNotPartOfIt(String format) throws Exception {
    assertThat(read(format.formatted(jwt(GOOD))).value()).isEqualTo(jwt(GOOD));
  }

  @Test
  void aMissingFileNamesTheVolumeAndTheLabel() {
    assertThat(refusal(folder.resolve("none")))
        .contains("The federated token file " + folder.resolve("none") + " does not exist")
        .contains("azure.workload.identity/use");
  }

  @Test
  void aDirectoryIsNotAFile() {
    assertThat(refusal(folder)).contains("is a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n"})
  void anEmptyFileIsNotAToken(String content) throws IOException {
    assertThat(refusal(content)).endsWith(" is empty");
  }

  @Test
  void aFileBeyondTheBoundIsRefusedUnreadAndOneAtTheBoundIsRead() throws IOException {
    assertThat(refusal(SECRET.repeat(FederatedTokenFile.MAX_BYTES / 8)))
        .doesNotContain("larger than");
    assertThat(refusal(SECRET.repeat(FederatedTokenFile.MAX_BYTES / 8) + "c"))
        .contains("larger than 64 KiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c2VjcmV0",
        "c2VjcmV0.c2VjcmV0",
        "a.b.c2VjcmV0.d",
        "a.b.c2VjcmV0.d.e",
        "c2VjcmV0.b.",
        "..",
        "c2VjcmV0.!!!!.c",
        "a.c2VjcmV0.c",
        "a.W10.c2VjcmV0",
        "a.bnVsbA.c2VjcmV0",
        "a.NQ.c2VjcmV0",
        "a..c2VjcmV0"
      })
  void whatIsNoJwtIsRefusedAndNeverQuoted(String content) throws IOException {
    assertThat(refusal(content)).contains(" is not a JWT: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'iss':'https://oidc.test/',; ; iss",
        "'https://oidc.test/'; ''; iss",
        "'https://oidc.test/'; 5; iss",
        "'sub':'system:serviceaccount:shop:checkout',; ; sub",
        "'system:serviceaccount:shop:checkout'; null; sub",
        "'aud':['api://AzureADTokenExchange'],; ; aud",
        "['api://AzureADTokenExchange']; 5; aud",
        "['api://AzureADTokenExchange']; [5]; aud",
        "['api://AzureADTokenExchange']; []; aud",
        "['api://AzureADTokenExchange']; ''; aud",
        "'iat':1; 'iat':'x'; iat",
        "'iat':1; 'iat':99999999999999999999; iat",
        "'exp'; 'other'; exp",
        "'exp':; 'exp':-9; exp",
      },
      quoteCharacter = '"')
  void aClaimThatIsMissingOrOfAnotherTypeIsNamed(String part, String instead, String claim)
      throws IOException {
    String payload = GOOD.replace(part, instead == null ? "" : instead);
    assertThat(payload).isNotEqualTo(GOOD);

    assertThat(refusal(jwt(payload)))
        .endsWith(" is not a service account token: no claim " + claim);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'soon'", "null", "1e400", "99999999999999999", "true"})
  void anExpiryThatIsNoTimeIsNoExpiry(String exp) throws IOException {
    assertThat(refusal(jwt(GOOD.replace(Long.toString(EXP), exp)))).endsWith("no claim exp");
  }

  @Test
  void aTokenIsUsableUpToItsExpiryAndNotAtIt() throws Exception {
    read(jwt(GOOD));
    clock.advance(Duration.ofSeconds(3599));
    read(jwt(GOOD));
    clock.advance(Duration.ofSeconds(1));

    assertThat(refusal(jwt(GOOD))).contains("expired at 2026-11-24T09:00:00Z");
  }

  @Test
  void aRotatedTokenIsSeenAtOnce() throws Exception {
    FederatedTokenFolder volume = new FederatedTokenFolder(folder);
    FederatedTokenFile file = new FederatedTokenFile(volume.file(), clock);
    volume.write(jwt(GOOD));
    assertThat(file.read().value()).isEqualTo(jwt(GOOD));

    for (int i = 0; i < 20; i++) {
      String renewed = jwt(GOOD.replace("'iat':1", "'iat':1" + i));
      volume.write(renewed);
      assertThat(file.read().value()).isEqualTo(renewed);
    }
  }

  private FederatedToken read(String content) throws Exception {
    return new FederatedTokenFile(write(content), clock).read();
  }

  private String refusal(String content) throws IOException {
    return refusal(write(content));
  }

  private String refusal(Path file) {
    UnusableTokenFileException refused =
        catchThrowableOfType(
            UnusableTokenFileException.class, () -> new FederatedTokenFile(file, clock).read());
    assertThat(refused).as("refused").isNotNull().hasNoCause();
    assertThat(refused.getMessage()).doesNotContain(SECRET).startsWith("The federated token file ");
    return refused.getMessage();
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("token"), content);
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

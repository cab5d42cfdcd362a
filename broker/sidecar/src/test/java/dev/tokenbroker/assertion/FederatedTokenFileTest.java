package dev.tokenbroker.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tokenbroker.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederatedTokenFileTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final String CLAIMS =
      "{\"iss\":\"https://issuer/\",\"sub\":\"system:serviceaccount:shop:checkout\","
          + "\"aud\":[\"api://AzureADTokenExchange\"],\"iat\":%d,\"exp\":%d}";

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(NOW);

  @Test
  void theClaimsAreThoseOfTheToken() throws Exception {
    FederatedToken token = file(jwt(valid())).read();

    assertThat(token.claims().issuer()).isEqualTo("https://issuer/");
    assertThat(token.claims().subject()).isEqualTo("system:serviceaccount:shop:checkout");
    assertThat(token.claims().audience()).containsExactly("api://AzureADTokenExchange");
    assertThat(token.claims().expiresAt()).isEqualTo(NOW.plusSeconds(3600));
  }

  @Test
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    new ProcessBuilder("mkfifo", path().toString()).start().waitFor();
    FederatedTokenFile file = new FederatedTokenFile(path(), clock);

    UnusableTokenFileException refused =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> catchThrowableOfType(UnusableTokenFileException.class, file::read));

    assertThat(refused.kind()).isEqualTo(UnusableTokenFileException.Kind.UNREADABLE);
    assertThat(refused).hasMessageEndingWith(" is no regular file: name the file of the volume");
  }

  @Test
  void aLineBreakAtTheEndIsNotPartOfTheToken() throws Exception {
    assertThat(file(jwt(valid()) + "\n").read().value()).isEqualTo(jwt(valid()));
  }

  @Test
  void theAudienceMayBeOneString() throws Exception {
    String claims = valid().replace("[\"api://AzureADTokenExchange\"]", "\"one\"");

    assertThat(file(jwt(claims)).read().claims().audience()).containsExactly("one");
  }

  @Test
  void aNewTokenIsSeenAtTheNextRead() throws Exception {
    FederatedTokenFile file = file(jwt(valid()));
    file.read();
    Files.writeString(path(), jwt(valid().replace("checkout", "renewed")));

    assertThat(file.read().claims().subject()).endsWith("renewed");
  }

  @Test
  void anExpiredTokenIsNotUsed() throws Exception {
    FederatedTokenFile file = file(jwt(valid()));
    clock.advance(Duration.ofHours(1));

    assertThatThrownBy(file::read).hasMessageContaining("expired at 2026-11-24T09:00:00Z");
  }

  @Test
  void aMissingFileIsLaidToTheInjection() {
    assertThatThrownBy(() -> new FederatedTokenFile(path(), clock).read())
        .hasMessageContaining("does not exist")
        .hasMessageContaining("azure.workload.identity/use");
  }

  @Test
  void aDirectoryIsNamedAsSuch() {
    assertThatThrownBy(() -> new FederatedTokenFile(folder, clock).read())
        .hasMessageContaining("is a directory");
  }

  @Test
  void aFileThatIsTooLargeIsNotReadToItsEnd() throws Exception {
    FederatedTokenFile file = file("x".repeat(FederatedTokenFile.MAX_BYTES + 1));

    assertThatThrownBy(file::read).hasMessageContaining("larger than 64 KiB");
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                       | is empty",
        "not-a-token              | is not a JWT",
        "a.b.                     | is not a JWT",
        "a.b.c.d                  | is not a JWT",
        "a.%%%.c                  | is not JSON",
        "e30.bm90IGpzb24.c2ln     | is not JSON",
        "e30.e30.c2ln             | no claim iss",
      })
  void whatIsNoTokenIsRefusedWithoutBeingQuoted(String content, String why) throws Exception {
    FederatedTokenFile file = file(content);

    assertThatThrownBy(file::read)
        .hasMessageContaining(why)
        .satisfies(
            error ->
                assertThat(error.getMessage().replace(path().toString(), ""))
                    .doesNotContain(content.isEmpty() ? "\0" : content));
  }

  @Test
  void theTokenIsMaskedInItsText() throws Exception {
    assertThat(file(jwt(valid())).read().toString()).doesNotContain(jwt(valid()));
  }

  private FederatedTokenFile file(String content) throws Exception {
    Files.writeString(path(), content);
    return new FederatedTokenFile(path(), clock);
  }

  private Path path() {
    return folder.resolve("azure-identity-token");
  }

  private static String valid() {
    return CLAIMS.formatted(NOW.getEpochSecond(), NOW.getEpochSecond() + 3600);
  }

  private static String jwt(String claims) {
    return base64("{\"alg\":\"RS256\"}") + "." + base64(claims) + "." + base64("signature");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

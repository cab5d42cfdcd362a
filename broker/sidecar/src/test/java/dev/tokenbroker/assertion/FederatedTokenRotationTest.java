package dev.tokenbroker.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.FederatedTokenFolder;
import dev.tokenbroker.emulator.OidcIssuer;
import dev.tokenbroker.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file as the kubelet swaps it: a symlink whose target's folder is replaced by one rename. */
class FederatedTokenRotationTest {

  @TempDir Path folder;

  @Test
  void aRotatedTokenIsSeenAtOnce() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
    OidcIssuer issuer = new OidcIssuer("https://oidc.test/", clock);
    FederatedTokenFolder volume = new FederatedTokenFolder(folder);
    FederatedTokenFile file = new FederatedTokenFile(volume.file(), clock);

    for (int i = 0; i < 10; i++) {
      String token = issuer.serviceAccountToken("shop", "checkout", "a", Duration.ofHours(1));
      volume.write(token);
      assertThat(file.read().value()).isEqualTo(token);
      clock.advance(Duration.ofMinutes(48));
    }
  }
}

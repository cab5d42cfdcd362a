package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final TokenKey KEY =
      new TokenKey("https://login.test", "t", "client", "https://vault.azure.net/.default");

  private final ManualClock clock = new ManualClock(START);
  private final TokenFileState tokenFile = new TokenFileState();
  private final Readiness readiness = new Readiness(clock, Optional.of(tokenFile));

  @Test
  void itIsNotReadyBeforeTheTokenFileWasRead() {
    assertThat(readiness.obstacle())
        .hasValueSatisfying(why -> assertThat(why).contains("not been read"));
  }

  @Test
  void itIsReadyWithAUsableTokenFile() {
    tokenFile.usable(claimsUntil(START.plus(HOUR)));

    assertThat(readiness.obstacle()).isEmpty();
  }

  @Test
  void itIsNotReadyOnceTheTokenInTheFileHasExpired() {
    tokenFile.usable(claimsUntil(START.plus(HOUR)));
    clock.advance(HOUR);

    assertThat(readiness.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("expired"));
  }

  @Test
  void itWaitsForEachPrefetchedTokenAndNamesTheOneItWaitsFor() {
    tokenFile.usable(claimsUntil(START.plus(HOUR)));
    readiness.await(List.of(KEY));
    assertThat(readiness.obstacle())
        .contains("Waiting for the first token for https://vault.azure.net/.default as client");

    readiness.on(exchanged());

    assertThat(readiness.obstacle()).isEmpty();
  }

  @Test
  void itSaysWhatBecameOfTheLastTryButNotWhoWasRefused() {
    tokenFile.usable(claimsUntil(START.plus(HOUR)));
    readiness.await(List.of(KEY));

    readiness.on(
        failed(
            new TokenFailure.Rejected(
                "invalid_client",
                7002138,
                "no match for subject 'system:serviceaccount:shop:checkout'",
                "id",
                Optional.empty(),
                TokenFailure.Outlook.PROPAGATING)));
    assertThat(readiness.obstacle())
        .contains(
            "Waiting for the first token for https://vault.azure.net/.default as client;"
                + " last: AADSTS7002138");

    readiness.on(failed(new TokenFailure.Unavailable("Entra does not answer", Optional.empty())));
    assertThat(readiness.obstacle())
        .hasValueSatisfying(why -> assertThat(why).endsWith("; last: Entra does not answer"));
  }

  @Test
  void aFailureOfATokenThatNobodyAwaitsChangesNothing() {
    tokenFile.usable(claimsUntil(START.plus(HOUR)));
    readiness.on(failed(new TokenFailure.Unavailable("Entra does not answer", Optional.empty())));

    assertThat(readiness.obstacle()).isEmpty();
  }

  @Test
  void onceStartedItStaysStartedThoughItIsNotReadyAnyMore() {
    tokenFile.usable(claimsUntil(START.plus(HOUR)));
    assertThat(readiness.startObstacle()).isEmpty();

    tokenFile.unusable("gone");

    assertThat(readiness.obstacle()).contains("gone");
    assertThat(readiness.startObstacle()).isEmpty();
  }

  @Test
  void itIsNotReadyWhileItDrains() {
    tokenFile.usable(claimsUntil(START.plus(HOUR)));
    readiness.draining();

    assertThat(readiness.obstacle()).contains("Shutting down");
  }

  private static CacheEvent failed(TokenFailure failure) {
    return new CacheEvent.ExchangeFailed(KEY, failure, Duration.ofMillis(30), START, false);
  }

  private static CacheEvent exchanged() {
    return new CacheEvent.Exchanged(
        KEY,
        new AccessToken("t", START, START.plus(HOUR), Optional.empty()),
        START.plusSeconds(2700),
        Duration.ofMillis(30));
  }

  private static FederatedClaims claimsUntil(Instant end) {
    return new FederatedClaims("https://issuer", "system:x", List.of("aud"), START, end);
  }
}

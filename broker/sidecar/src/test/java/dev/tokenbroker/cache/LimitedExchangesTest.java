package dev.tokenbroker.cache;

import static dev.tokenbroker.cache.CacheRig.HOUR;
import static dev.tokenbroker.cache.CacheRig.failureOf;
import static dev.tokenbroker.cache.CacheRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an app in a loop cannot take from others: the cache behind an {@link NewKeyRateLimiter}. */
class LimitedExchangesTest {

  private static final TokenKey VAULT = key("https://vault.azure.net");
  private static final TokenKey PREFETCHED = key("https://storage.azure.com");
  private static final TokenFailure REFUSED =
      new TokenFailure.Rejected(
          "invalid_resource", 500011, "no", "c0", Optional.empty(), TokenFailure.Outlook.LASTING);

  private final CacheRig rig =
      new CacheRig(1000, new NewKeyRateLimiter(List.of("client"), key -> false));
  private int invented;

  @Test
  void aLoopOverInventedResourcesReachesEntraAFewTimesASecondAtMost() {
    for (int second = 0; second < 10; second++) {
      loop(100);
      rig.advance(Duration.ofSeconds(1));
    }

    assertThat(rig.exchanges.size()).isLessThanOrEqualTo(60);
    assertThat(rig.events).filteredOn(CacheEvent.Limited.class::isInstance).hasSizeGreaterThan(900);
  }

  @Test
  void whoIsLimitedTakesNoPlaceInTheCache() {
    loop(1000);

    assertThat(rig.cache.size()).isLessThanOrEqualTo(60);
  }

  @Test
  void renewalsAndPrefetchedKeysAreNeverLimited() {
    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);
    rig.cache.pin(PREFETCHED);
    rig.succeed("p1", HOUR);
    rig.advance(Duration.ofMinutes(44));
    rig.cache.token(VAULT);
    loop(1000);
    int before = rig.exchanges.size();

    rig.advance(Duration.ofMinutes(1));

    assertThat(rig.exchanges.subList(before, rig.exchanges.size()))
        .extracting(CacheRig.Exchange::key)
        .contains(VAULT, PREFETCHED);
  }

  @Test
  void tokensThatEndedInAnOutageAreNeverLimited() {
    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);
    rig.cache.pin(PREFETCHED);
    rig.succeed("p1", HOUR);
    rig.clock.advance(HOUR);
    loop(1000);
    int before = rig.exchanges.size();

    Future<AccessToken> vault = rig.cache.token(VAULT);
    Future<AccessToken> prefetched = rig.cache.token(PREFETCHED);

    assertThat(rig.exchanges).hasSize(before + 2);
    assertThat(vault.isComplete() || prefetched.isComplete()).as("both wait").isFalse();
  }

  @Test
  void aFailureThatIsRememberedIsToldWithoutUsingTheAllowance() {
    rig.cache.token(VAULT);
    rig.fail(REFUSED);
    for (int i = 0; i < 1000; i++) {
      assertThat(failureOf(rig.cache.token(VAULT))).isEqualTo(REFUSED);
    }

    rig.cache.token(key("another"));

    assertThat(rig.exchanges).hasSize(2);
  }

  private void loop(int times) {
    for (int i = 0; i < times; i++) {
      int before = rig.exchanges.size();
      rig.cache.token(key("invented-" + invented++));
      if (rig.exchanges.size() > before) {
        rig.fail(REFUSED);
      }
    }
  }
}

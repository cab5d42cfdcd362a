package dev.tokenbroker.cache;

import static dev.tokenbroker.cache.CacheRig.HOUR;
import static dev.tokenbroker.cache.CacheRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrefetchTest {

  private static final TokenKey VAULT = key("https://vault.azure.net");
  private static final TokenKey STORAGE = key("https://storage.azure.com");
  private static final TokenKey SQL = key("https://database.windows.net/");
  private static final TokenKey OTHER =
      new TokenKey("https://login.test", "tenant", "other", "https://vault.azure.net/.default");
  private static final Duration TICK = Duration.ofMillis(1);

  private final CacheRig rig = new CacheRig(4);

  private void start(Duration spread, TokenKey... keys) {
    Prefetch prefetch = new Prefetch(List.of(keys), rig.cache, rig::timer);
    rig.alsoHears = prefetch;
    prefetch.start(spread, () -> Long.MAX_VALUE);
  }

  private List<TokenKey> requested() {
    return rig.exchanges.stream().map(CacheRig.Exchange::key).toList();
  }

  @Test
  void ofEachClientOneGoesAheadAndTheOthersFollowItsAnswer() {
    start(Duration.ZERO, VAULT, OTHER, STORAGE, SQL);
    assertThat(requested()).containsExactly(VAULT, OTHER);

    rig.exchanges.get(0).answer().complete(rig.token("t1", HOUR));
    rig.advance(TICK);

    assertThat(requested()).containsExactly(VAULT, OTHER, STORAGE, SQL);
  }

  @Test
  void whileEntraThrottlesOrIsDownOnlyTheFirstIsAskedForAgain() {
    start(Duration.ZERO, VAULT, STORAGE, SQL);

    rig.fail(new Throttled("slow down", Optional.of(Duration.ofSeconds(10))));
    rig.advance(Duration.ofSeconds(10));
    rig.fail(new Unavailable("down", Optional.empty()));
    rig.advance(Duration.ofSeconds(30));

    assertThat(requested()).containsExactly(VAULT, VAULT, VAULT);
  }

  @Test
  void whatWasNotAskedOfEntraIsNoAnswer() {
    start(Duration.ZERO, VAULT, STORAGE);

    rig.fail(new TokenFailure.NotAsked("open", Optional.of(Duration.ofSeconds(10)), false));
    rig.advance(TICK);

    assertThat(requested()).containsExactly(VAULT);
  }

  @Test
  void anOddAnswerToTheFirstDoesNotHoldUpTheOthers() {
    start(Duration.ZERO, VAULT, STORAGE);

    rig.fail(new Unavailable("404, not JSON", Optional.empty(), TokenFailure.Reach.REQUEST));
    rig.advance(TICK);

    assertThat(requested()).containsExactly(VAULT, STORAGE);
  }

  @Test
  void aRefusalOfTheFirstDoesNotHoldUpTheOthers() {
    start(Duration.ZERO, VAULT, STORAGE);

    rig.fail(new Rejected("e", 500011, "no", "c", Optional.empty(), TokenFailure.Outlook.LASTING));
    rig.advance(TICK);

    assertThat(requested()).containsExactly(VAULT, STORAGE);
  }

  @Test
  void aSpreadPrefetchWaitsForItsMoment() {
    start(Duration.ofSeconds(10), VAULT);

    rig.advance(Duration.ofSeconds(4));
    assertThat(requested()).isEmpty();

    rig.advance(Duration.ofSeconds(6));
    assertThat(requested()).containsExactly(VAULT);
  }

  @Test
  void aCallerIsNeverHeldUp() {
    start(Duration.ofSeconds(10), VAULT, STORAGE);

    Future<AccessToken> caller = rig.cache.token(STORAGE);
    assertThat(requested()).containsExactly(STORAGE);
    rig.advance(Duration.ofSeconds(10));
    assertThat(requested()).containsExactly(STORAGE, VAULT);

    rig.exchanges.get(0).answer().complete(rig.token("t1", HOUR));
    assertThat(caller.result().value()).isEqualTo("t1");
    rig.advance(TICK);
    assertThat(requested()).as("the caller's flight is the prefetch's, too").hasSize(2);

    rig.advance(Duration.ofMinutes(50));
    assertThat(requested()).as("renewed though nobody asked again").hasSize(3).endsWith(STORAGE);
  }
}

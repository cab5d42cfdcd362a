package dev.tokenbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.token.TokenFailure.Kind;
import dev.tokenbroker.token.TokenFailure.NotAsked;
import dev.tokenbroker.token.TokenKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewKeyRateLimiterTest {

  private static final Instant START = Instant.parse("2026-11-28T08:00:00Z");
  private static final TokenKey CONFIGURED = key("a", "https://vault.azure.net");

  private final NewKeyRateLimiter limit =
      new NewKeyRateLimiter(List.of("a", "b"), key -> key.equals(CONFIGURED));
  private int invented;

  @Test
  void aLoopOverInventedResourcesGetsABurstAndThenOneExchangeASecondAtMost() {
    int admitted = 0;
    for (int tick = 0; tick < 60 * 100; tick++) {
      admitted += loop("a", START.plusMillis(10L * tick)) ? 1 : 0;
    }

    assertThat(admitted).isLessThanOrEqualTo(50 + 60);
  }

  @Test
  void noAppThatIsKnownReachesIt() {
    for (int i = 0; i < NewKeyRateLimiter.BURST; i++) {
      assertThat(limit.refuse(key("a", "r" + i), START)).isEmpty();
    }
  }

  @Test
  void oneIdentitysLoopLeavesAnothersAllowanceAlone() {
    exhaust("a");

    assertThat(limit.refuse(key("b", "new"), START)).isEmpty();
  }

  @Test
  void unknownClientIdsShareOneAllowance() {
    for (int i = 0; i < NewKeyRateLimiter.BURST; i++) {
      limit.refuse(key("invented-" + i, "r"), START);
    }

    assertThat(limit.refuse(key("one-more", "r"), START)).isPresent();
    assertThat(limit.refuse(key("a", "r"), START)).isEmpty();
  }

  @Test
  void aConfiguredKeyIsNeverLimited() {
    exhaust("a");

    assertThat(limit.refuse(CONFIGURED, START)).isEmpty();
  }

  @Test
  void whoIsLimitedIsToldToSlowDownWhyAndForHowLong() {
    exhaust("a");

    NotAsked refusal = limit.refuse(key("a", "new"), START).orElseThrow();

    assertThat(refusal.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(refusal.message())
        .startsWith("Too many new tokens are asked for as client id a: ")
        .contains("50 at once, then for 60 a minute", "BROKER_PREFETCH", "try again in 1 s");
  }

  @Test
  void theRetryAfterIsHonestWhoeverObeysItIsAdmittedWhileALoopGoesOn() {
    exhaust("a");
    Random random = new Random(20261128L);
    for (int app = 0; app < 10; app++) {
      TokenKey real = key("a", "real-" + app);
      Instant now = START.plusSeconds(10L * app).plusMillis(random.nextInt(1000));
      Optional<NotAsked> refusal = loopUntilAndAsk(real, now);
      int asks = 1;
      while (refusal.isPresent()) {
        now = now.plus(refusal.get().retryAfter().orElseThrow());
        refusal = loopUntilAndAsk(real, now);
        asks++;
      }

      assertThat(asks).as("asks until %s is admitted", real).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void whatWasNotSentIsGivenBack() {
    for (int i = 0; i < 1000; i++) {
      TokenKey key = key("a", "r" + i);
      assertThat(limit.refuse(key, START)).isEmpty();
      limit.giveBack(key);
    }
  }

  @Test
  void manyRealKeysAtOnceAllGetTheirTurnInALoop() {
    exhaust("a");
    Instant now = START;
    int waiting = 30;
    boolean[] admitted = new boolean[waiting];
    int seconds = 0;
    for (; waiting > 0 && seconds < 120; seconds++) {
      now = START.plusSeconds(seconds);
      for (int app = 0; app < admitted.length; app++) {
        if (!admitted[app] && loopUntilAndAsk(key("a", "real-" + app), now).isEmpty()) {
          admitted[app] = true;
          waiting--;
        }
      }
    }

    assertThat(waiting).isZero();
  }

  /** A hundred invented names in the last second, then the real key. */
  private Optional<NotAsked> loopUntilAndAsk(TokenKey real, Instant now) {
    for (int i = 100; i > 0; i--) {
      loop("a", now.minusMillis(10L * i));
    }
    return limit.refuse(real, now);
  }

  private void exhaust(String clientId) {
    for (int i = 0; i < 200; i++) {
      loop(clientId, START);
    }
  }

  private boolean loop(String clientId, Instant now) {
    return limit.refuse(key(clientId, "invented-" + invented++), now).isEmpty();
  }

  private static TokenKey key(String clientId, String resource) {
    return new TokenKey("https://login.test", "tenant", clientId, TokenKey.scopeOf(resource));
  }
}

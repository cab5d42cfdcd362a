package dev.tokenbroker.cache;

import static dev.tokenbroker.cache.CacheRig.HOUR;
import static dev.tokenbroker.cache.CacheRig.WAIT_TIMEOUT;
import static dev.tokenbroker.cache.CacheRig.failureOf;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachingTokenSourceTest {

  private static final TokenKey VAULT = key("https://vault.azure.net");
  private static final TokenKey STORAGE = key("https://storage.azure.com");
  private static final TokenFailure DOWN = new Unavailable("Entra is down", Optional.empty());
  private static final TokenFailure REFUSED =
      new Rejected(
          "invalid_client", 700213, "no", "c0", Optional.empty(), TokenFailure.Outlook.LASTING);

  /** How long an exchange takes, where that matters. */
  private static final Duration LATENCY = Duration.ofMillis(200);

  private final CacheRig rig = new CacheRig(4);

  @Test
  void aListenerThatThrowsCostsNobodyTheToken() {
    rig.alsoHears =
        event -> {
          throw new StackOverflowError();
        };
    Future<AccessToken> caller = rig.cache.token(VAULT);

    AccessToken token = rig.succeed("t1", HOUR);

    assertThat(caller.result()).isEqualTo(token);
    assertThat(rig.cache.token(VAULT).result()).isEqualTo(token);
  }

  @Test
  void aListenerThatThrowsDoesNotStarveThoseAfterIt() {
    List<CacheEvent> later = new ArrayList<>();
    rig.alsoHears =
        event -> {
          throw new StackOverflowError();
        };
    rig.cache.addListener(later::add);

    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);

    assertThat(later).isNotEmpty().isEqualTo(rig.events);
  }

  @Test
  void anErrorThatIsNoExceptionEndsItsFlight() {
    rig.defect = Optional.of(new StackOverflowError());

    Future<AccessToken> caller = rig.cache.token(VAULT);

    assertThat(caller.failed()).isTrue();
    rig.defect = Optional.empty();
    rig.advance(Duration.ofMinutes(1));
    rig.cache.token(VAULT);
    assertThat(rig.exchanges).hasSize(1);
  }

  @Test
  void aThousandCallersCauseOneExchangeAndAllAreAnswered() {
    List<Future<AccessToken>> callers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      callers.add(rig.cache.token(VAULT));
    }
    assertThat(rig.exchanges).hasSize(1);

    AccessToken token = rig.succeed("t1", HOUR);

    assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).isSameAs(token));
  }

  @Test
  void aHeldTokenIsServedWithoutAnExchange() {
    rig.cache.token(VAULT);
    AccessToken token = rig.succeed("t1", HOUR);

    rig.advance(Duration.ofMinutes(30));

    assertThat(rig.cache.token(VAULT).result()).isSameAs(token);
    assertThat(rig.exchanges).hasSize(1);
  }

  @Test
  void aTokenIsRenewedAtThreeQuartersOfItsLifeAndNobodyWaits() {
    rig.cache.token(VAULT);
    AccessToken first = rig.succeed("t1", HOUR);

    rig.advance(Duration.ofMinutes(45));

    assertThat(rig.exchanges).hasSize(2);
    assertThat(rig.cache.token(VAULT).result()).isSameAs(first);
    AccessToken second = rig.succeed("t2", HOUR);
    assertThat(rig.cache.token(VAULT).result()).isSameAs(second);
    assertThat(waits()).isEqualTo(1);
  }

  @Test
  void aRequestStartsTheRenewalWhenTheSweepIsLate() {
    rig.cache.token(VAULT);
    AccessToken first = rig.succeed("t1", HOUR);
    rig.clock.advance(Duration.ofMinutes(50));

    assertThat(rig.cache.token(VAULT).result()).isSameAs(first);

    assertThat(rig.exchanges).hasSize(2);
  }

  @Test
  void aTokenThatNobodyAskedForSinceItCameIsNotRenewedAndLeavesAfterItsEnd() {
    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);
    rig.advance(Duration.ofMinutes(10));
    rig.cache.token(VAULT);
    rig.advance(Duration.ofMinutes(40));
    rig.succeed("t2", HOUR);

    rig.advance(Duration.ofMinutes(55));
    assertThat(rig.exchanges).as("nobody asked for t2").hasSize(2);

    rig.advance(Duration.ofMinutes(10));
    assertThat(rig.cache.size()).isZero();
    assertThat(rig.events).contains(new CacheEvent.Dropped(VAULT));
  }

  @Test
  void theAskThatBroughtATokenWantsOneSuccessorAndNoMore() {
    rig.cache.token(VAULT);
    rig.clock.advance(LATENCY);
    rig.succeed("t1", HOUR);

    rig.advance(Duration.ofMinutes(45));
    assertThat(rig.exchanges).as("renewed ahead").hasSize(2);
    rig.succeed("t2", HOUR);

    rig.advance(Duration.ofMinutes(59));
    assertThat(rig.exchanges).as("nobody asked for t2").hasSize(2);
    rig.advance(Duration.ofMinutes(1));
    assertThat(rig.cache.size()).isZero();
  }

  @Test
  void aSuccessorThatCouldNotBeHadIsTriedForAgain() {
    rig.cache.token(VAULT);
    rig.clock.advance(LATENCY);
    rig.succeed("t1", HOUR);
    rig.advance(Duration.ofMinutes(45));
    rig.fail(DOWN);

    rig.advance(Duration.ofMinutes(1));

    assertThat(rig.exchanges).hasSize(3);
  }

  @Test
  void anAskWhileTheSuccessorIsFetchedWantsTheNextOne() {
    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);
    rig.advance(Duration.ofMinutes(45));
    rig.cache.token(VAULT);
    rig.clock.advance(LATENCY);
    rig.succeed("t2", HOUR);

    rig.advance(Duration.ofMinutes(45));

    assertThat(rig.exchanges).hasSize(3);
  }

  @Test
  void inATokensLastFiveMinutesACallerWaitsForTheRenewal() {
    untilTheEndOf(leaveAlone(HOUR), Duration.ofMinutes(5));

    Future<AccessToken> first = rig.cache.token(VAULT);
    Future<AccessToken> second = rig.cache.token(VAULT);
    assertThat(first.isComplete()).isFalse();
    AccessToken fresh = rig.succeed("t3", HOUR);

    assertThat(first.result()).isSameAs(fresh);
    assertThat(second.result()).isSameAs(fresh);
    assertThat(rig.alarms).as("no deadline is left behind").isEmpty();
  }

  @Test
  void beforeThemNobodyWaits() {
    AccessToken held = leaveAlone(HOUR);
    untilTheEndOf(held, Duration.ofMinutes(5).plusMillis(1));

    assertThat(rig.cache.token(VAULT).result()).isSameAs(held);
    assertThat(rig.exchanges).as("but it is renewed").hasSize(3);
  }

  @Test
  void aTokenOfTenMinutesIsWaitedForInItsLastTenthOnly() {
    AccessToken held = leaveAlone(Duration.ofMinutes(10));
    untilTheEndOf(held, Duration.ofSeconds(61));
    assertThat(rig.cache.token(VAULT).result()).isSameAs(held);

    untilTheEndOf(held, Duration.ofSeconds(59));

    assertThat(rig.cache.token(VAULT).isComplete()).isFalse();
  }

  @Test
  void aRenewalDelaysItsCallersByASecondInAllAndThenTheHeldTokenIsServed() {
    AccessToken held = leaveAlone(HOUR);
    untilTheEndOf(held, Duration.ofMinutes(4));
    Future<AccessToken> first = rig.cache.token(VAULT);
    rig.advance(Duration.ofMillis(999));
    assertThat(first.isComplete()).isFalse();

    rig.advance(Duration.ofMillis(1));

    assertThat(first.result()).isSameAs(held);
    assertThat(rig.cache.token(VAULT).result()).isSameAs(held);
    AccessToken fresh = rig.succeed("t3", HOUR);
    assertThat(rig.cache.token(VAULT).result()).isSameAs(fresh);
  }

  @Test
  void anOutageDelaysNobodyOnceTheRenewalHasFailed() {
    AccessToken held = leaveAlone(HOUR);
    untilTheEndOf(held, Duration.ofMinutes(4));
    Future<AccessToken> first = rig.cache.token(VAULT);

    rig.fail(DOWN);

    assertThat(first.result()).isSameAs(held);
    for (int second = 0; second < 239; second++) {
      assertThat(rig.cache.token(VAULT).result()).as("%d s later", second).isSameAs(held);
      rig.clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void aTokenThatEndsDuringTheWaitIsNotServedAndTheCallerWaitsOn() {
    untilTheEndOf(leaveAlone(HOUR), Duration.ofMillis(1500));
    Future<AccessToken> caller = rig.cache.token(VAULT);

    rig.advance(Duration.ofSeconds(1));
    assertThat(caller.isComplete()).isFalse();

    AccessToken fresh = rig.succeed("t3", HOUR);
    assertThat(caller.result()).isSameAs(fresh);
    assertThat(rig.alarms).isEmpty();
  }

  @Test
  void aRenewalThatFailsAfterTheTokensEndFailsTheCallersWhoWaitedForIt() {
    untilTheEndOf(leaveAlone(HOUR), Duration.ofMillis(1500));
    Future<AccessToken> caller = rig.cache.token(VAULT);
    rig.clock.advance(Duration.ofMillis(900));

    rig.fail(DOWN);

    assertThat(failureOf(caller)).isInstanceOf(Unavailable.class);
    assertThat(rig.alarms).isEmpty();
  }

  private void untilTheEndOf(AccessToken token, Duration left) {
    rig.clock.set(token.expiresAt().minus(left));
  }

  /** Holds a token that has just come and that nobody wants a successor of. */
  private AccessToken leaveAlone(Duration life) {
    rig.cache.token(VAULT);
    rig.clock.advance(LATENCY);
    rig.succeed("t1", life);
    rig.advance(life.multipliedBy(3).dividedBy(4));
    return rig.succeed("t2", life);
  }

  @Test
  void aPinnedTokenIsFetchedAtOnceAndKeptFreshThoughNobodyAsks() {
    rig.cache.pin(VAULT);
    rig.succeed("t1", HOUR);
    for (int i = 2; i < 10; i++) {
      rig.advance(Duration.ofMinutes(45));
      assertThat(rig.exchanges).hasSize(i);
      rig.succeed("t" + i, HOUR);
    }
    assertThat(waits()).isZero();
  }

  @Test
  void aTokenIsServedToItsLastSecondAndNotAtItsExpiry() {
    rig.cache.token(VAULT);
    AccessToken token = rig.succeed("t1", HOUR);
    rig.advance(HOUR.minusSeconds(1));
    rig.fail(DOWN);
    assertThat(rig.cache.token(VAULT).result()).isSameAs(token);

    rig.advance(Duration.ofSeconds(1));

    assertThat(rig.cache.token(VAULT).isComplete()).as("waits for a new one").isFalse();
  }

  @Test
  void aTokenIsNotServedPastItsExpiryAfterTheProcessSlept() {
    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);
    rig.clock.advance(Duration.ofDays(2));

    Future<AccessToken> caller = rig.cache.token(VAULT);

    assertThat(caller.isComplete()).isFalse();
    AccessToken fresh = rig.succeed("t2", HOUR);
    assertThat(caller.result()).isSameAs(fresh);
  }

  @Test
  void whileEntraIsDownTheTokenIsServedToItsEndThenCallersGet503AndThenItRecovers() {
    rig.cache.token(VAULT);
    AccessToken token = rig.succeed("t1", HOUR);
    rig.advance(Duration.ofMinutes(45));
    rig.fail(DOWN);
    for (int minute = 46; minute < 60; minute++) {
      rig.advance(Duration.ofMinutes(1));
      rig.fail(DOWN);
      assertThat(rig.cache.token(VAULT).result()).isSameAs(token);
    }

    rig.clock.advance(Duration.ofMinutes(1));
    Future<AccessToken> late = rig.cache.token(VAULT);
    rig.fail(DOWN);
    assertThat(failureOf(late)).isInstanceOf(Unavailable.class);
    assertThat(failureOf(late).retryAfter()).isPresent();

    rig.advance(Duration.ofMinutes(1));
    AccessToken fresh = rig.succeed("t2", HOUR);
    assertThat(rig.cache.token(VAULT).result()).isSameAs(fresh);
  }

  @Test
  void aFailureIsRememberedSoThatALoopingAppAsksEntraOnce() {
    Future<AccessToken> first = rig.cache.token(VAULT);
    rig.fail(REFUSED);
    assertThat(failureOf(first)).isEqualTo(REFUSED);

    for (int i = 0; i < 100; i++) {
      assertThat(failureOf(rig.cache.token(VAULT))).isEqualTo(REFUSED);
    }
    assertThat(rig.exchanges).hasSize(1);

    rig.clock.advance(Duration.ofSeconds(5));
    rig.cache.token(VAULT);
    assertThat(rig.exchanges).hasSize(2);
  }

  @Test
  void aRememberedThrottlingTellsEachCallerTheTimeThatIsLeft() {
    rig.cache.token(VAULT);
    rig.fail(new Throttled("slow down", Optional.of(Duration.ofSeconds(40))));

    rig.clock.advance(Duration.ofSeconds(30));

    assertThat(failureOf(rig.cache.token(VAULT)).retryAfter()).contains(Duration.ofSeconds(10));
  }

  @Test
  void aFailedFlightAnswersEveryWaiterAndStartsNoOther() {
    List<Future<AccessToken>> callers =
        List.of(rig.cache.token(VAULT), rig.cache.token(VAULT), rig.cache.token(VAULT));

    rig.fail(DOWN);

    assertThat(callers)
        .allSatisfy(caller -> assertThat(failureOf(caller)).isInstanceOf(Unavailable.class));
    assertThat(rig.exchanges).hasSize(1);
  }

  @Test
  void aSlowScopeDelaysNoOther() {
    rig.cache.token(VAULT);
    Future<AccessToken> other = rig.cache.token(STORAGE);

    AccessToken token = rig.succeed("storage", HOUR);

    assertThat(other.result()).isSameAs(token);
  }

  @Test
  void aCallerWaitsNoLongerThanTheDeadlineAndTheTokenIsKeptWhenItComes() {
    Future<AccessToken> impatient = rig.cache.token(VAULT);

    rig.advance(WAIT_TIMEOUT);

    assertThat(failureOf(impatient)).isInstanceOf(Unavailable.class);
    Future<AccessToken> later = rig.cache.token(VAULT);
    assertThat(rig.exchanges).as("the first flight goes on").hasSize(1);
    AccessToken token = rig.succeed("t1", HOUR);
    assertThat(later.result()).isSameAs(token);
    assertThat(rig.alarms).as("no deadline is left behind").isEmpty();
  }

  @Test
  void anExpiredTokenFromEntraIsAFailureNotAToken() {
    Future<AccessToken> caller = rig.cache.token(VAULT);

    rig.succeed("t1", Duration.ZERO);

    assertThat(failureOf(caller).message()).contains("expired");
  }

  @Test
  void anUpstreamThatThrowsIsAFailureLikeAnyOther() {
    CachingTokenSource cache =
        new CachingTokenSource(
            key -> {
              throw new IllegalStateException("a defect with a secret in it");
            },
            4,
            NewKeyRateLimiter.none(),
            WAIT_TIMEOUT,
            rig.clock,
            (delay, task) -> () -> {},
            () -> 0L);
    cache.addListener(rig.events::add);

    assertThat(failureOf(cache.token(VAULT)).message())
        .isEqualTo("Internal error: IllegalStateException");
  }

  @Test
  void inventedResourcesPushOutNeitherPinnedKeysNorTokensInUse() {
    rig.cache.pin(VAULT);
    AccessToken pinned = rig.succeed("vault", HOUR);
    rig.cache.token(STORAGE);
    AccessToken used = rig.succeed("storage", HOUR);

    for (int i = 0; i < 10_000; i++) {
      rig.cache.token(key("https://invented/" + i));
      rig.fail(REFUSED);
    }

    assertThat(rig.cache.size()).isEqualTo(5);
    assertThat(rig.cache.token(VAULT).result()).isSameAs(pinned);
    assertThat(rig.cache.token(STORAGE).result()).isSameAs(used);
  }

  @Test
  void theTokenNotAskedForLongestLeavesWhenAllAreValid() {
    for (int i = 0; i < 4; i++) {
      rig.cache.token(key("r" + i));
      rig.succeed("t" + i, HOUR);
    }
    rig.cache.token(key("r0"));

    rig.cache.token(key("r4"));

    assertThat(rig.events).contains(new CacheEvent.Dropped(key("r1")));
  }

  @Test
  void anExchangeUnderWayIsNeverDroppedAndANewKeyIsThenRefused() {
    List<Future<AccessToken>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(rig.cache.token(key("r" + i)));
    }

    Future<AccessToken> refused = rig.cache.token(key("r4"));

    assertThat(failureOf(refused).message()).contains("Too many exchanges");
    rig.exchanges.forEach(exchange -> exchange.answer().complete(rig.token("t", HOUR)));
    assertThat(callers).allMatch(Future::succeeded);
  }

  @Test
  void aRefusalIsNotRetriedBehindTheBackOfACallerWhoLeft() {
    rig.cache.token(VAULT);
    rig.fail(REFUSED);

    rig.advance(Duration.ofMinutes(2));
    assertThat(rig.exchanges).hasSize(1);

    rig.advance(Duration.ofMinutes(4));
    assertThat(rig.cache.size()).isZero();
  }

  @Test
  void aRefusedPinnedKeyIsRetriedUntilItHeals() {
    rig.cache.pin(VAULT);
    rig.fail(REFUSED);

    rig.advance(Duration.ofSeconds(5));
    AccessToken healed = rig.succeed("t1", HOUR);

    assertThat(rig.cache.token(VAULT).result()).isSameAs(healed);
  }

  @Test
  void aRevokedTokenIsReplacedForTheCallerWhoSaysSoAndServedToOthersMeanwhile() {
    rig.cache.token(VAULT);
    AccessToken old = rig.succeed("t1", HOUR);
    rig.clock.advance(Duration.ofMinutes(1));

    Future<AccessToken> challenged = rig.cache.tokenInsteadOf(VAULT, old::equals);
    Future<AccessToken> second = rig.cache.tokenInsteadOf(VAULT, old::equals);

    assertThat(challenged.isComplete()).isFalse();
    assertThat(rig.cache.token(VAULT).result()).isSameAs(old);
    AccessToken fresh = rig.succeed("t2", HOUR);
    assertThat(challenged.result()).isSameAs(fresh);
    assertThat(second.result()).isSameAs(fresh);
    assertThat(rig.exchanges).hasSize(2);
  }

  @Test
  void aTokenThatIsNotTheRevokedOneIsServed() {
    rig.cache.token(VAULT);
    AccessToken token = rig.succeed("t1", HOUR);
    rig.clock.advance(Duration.ofMinutes(1));

    assertThat(rig.cache.tokenInsteadOf(VAULT, other -> false).result()).isSameAs(token);
    assertThat(rig.exchanges).hasSize(1);
  }

  @Test
  void aCallerWhoCallsEveryTokenRevokedCannotMakeTheBrokerHammerEntra() {
    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);

    for (int i = 0; i < 1000; i++) {
      assertThat(rig.cache.tokenInsteadOf(VAULT, any -> true).succeeded()).isTrue();
    }

    assertThat(rig.exchanges).hasSize(1);
  }

  @Test
  void whileABackOffRunsEvenARevokedTokenIsAllThereIs() {
    rig.cache.token(VAULT);
    AccessToken token = rig.succeed("t1", HOUR);
    rig.clock.advance(Duration.ofMinutes(1));
    Future<AccessToken> challenged = rig.cache.tokenInsteadOf(VAULT, any -> true);
    rig.fail(DOWN);
    assertThat(challenged.failed()).isTrue();

    assertThat(rig.cache.tokenInsteadOf(VAULT, any -> true).result()).isSameAs(token);
    assertThat(rig.exchanges).hasSize(2);
  }

  private long waits() {
    return rig.events.stream().filter(CacheEvent.Waited.class::isInstance).count();
  }

  @Test
  void aTokenServedWhileItsRenewalFailsIsTold() {
    rig.cache.token(VAULT);
    rig.succeed("t1", HOUR);
    rig.cache.token(VAULT);
    rig.advance(Duration.ofMinutes(46));
    rig.cache.token(VAULT);
    assertThat(rig.events).doesNotContain(new CacheEvent.ServedDuringFailure(VAULT));

    rig.fail(DOWN);
    rig.cache.token(VAULT);

    assertThat(rig.events).containsOnlyOnce(new CacheEvent.ServedDuringFailure(VAULT));
  }

  @Test
  void aTokenIsWantedIfItIsPrefetchedOrAnAskHasNotHadItsSuccessorYet() {
    AccessToken alone = leaveAlone(HOUR);
    rig.cache.pin(STORAGE);
    AccessToken pinned = rig.succeed("pinned", HOUR);
    assertThat(wanted()).containsExactly(pinned);

    rig.cache.token(VAULT);

    assertThat(wanted()).containsExactly(pinned, alone);
  }

  private List<AccessToken> wanted() {
    List<AccessToken> wanted = new ArrayList<>();
    rig.cache.forEachWanted((key, token) -> wanted.add(token));
    return wanted;
  }
}

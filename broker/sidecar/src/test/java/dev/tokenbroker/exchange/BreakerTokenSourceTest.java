package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Reach;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTokenSourceTest {

  private static final TokenKey KEY = new TokenKey("https://login.test", "t", "c", "r/.default");
  private static final TokenKey SAME_IDENTITY =
      new TokenKey("https://login.test", "t", "c", "other/.default");
  private static final TokenKey OTHER_IDENTITY =
      new TokenKey("https://login.test", "t", "c1", "r/.default");
  private static final TokenKey OTHER_TENANT =
      new TokenKey("https://login.test", "t1", "c", "r/.default");
  private static final TokenKey CONFIGURED =
      new TokenKey("https://login.test", "t", "c2", "configured/.default");
  private static final TokenFailure SILENT = TokenFailure.Unavailable.silent("no answer");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
  private final List<Promise<AccessToken>> exchanges = new ArrayList<>();
  private Optional<Error> defect = Optional.empty();
  private final BreakerTokenSource source =
      new BreakerTokenSource(
          key -> {
            if (defect.isPresent()) {
              throw defect.get();
            }
            Promise<AccessToken> answer = Promise.promise();
            exchanges.add(answer);
            return answer.future();
          },
          CONFIGURED::equals,
          clock,
          () -> 0L);

  @Test
  void anOutageCostsAHandfulOfExchangesAMinute() {
    for (int second = 0; second < 600; second++) {
      for (int scope = 0; scope < 50; scope++) {
        askAndFail(SILENT);
      }
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(exchanges.size()).isLessThanOrEqualTo(BreakerTokenSource.THRESHOLD + 10 * 5);
  }

  @Test
  void whileItIsOpenCallersAreToldWhenEntraIsAskedAgain() {
    open();

    Future<AccessToken> caller = source.token(KEY);

    TokenFailure failure = TokenFailureException.failureOf(caller.cause());
    assertThat(failure).isInstanceOf(TokenFailure.NotAsked.class);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(failure.message()).contains("try again in 5 s");
    assertThat(source.isOpen()).isTrue();
  }

  @Test
  void afterThePauseOneExchangeTriesAndItsSuccessLetsAllThrough() {
    open();
    clock.advance(Duration.ofSeconds(5));
    exchanges.clear();

    source.token(KEY);
    assertThat(source.token(KEY).failed()).as("only one tries").isTrue();
    exchanges.get(0).complete(token());
    source.token(KEY);
    source.token(KEY);

    assertThat(exchanges).hasSize(3);
    assertThat(source.isOpen()).isFalse();
  }

  @Test
  void anIdentityThatEntraThrottlesIsLeftAloneForAsLongAsEntraAsksAndNoOtherIs() {
    askAndFail(throttled(Duration.ofSeconds(45)));

    TokenFailure failure = failureOf(source.token(SAME_IDENTITY));
    assertThat(((TokenFailure.NotAsked) failure).throttled()).isTrue();
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(45));
    assertThat(failure.message()).contains("client id c ", "slow down", "try again in 45 s");
    exchanges.clear();
    source.token(OTHER_IDENTITY);
    source.token(OTHER_TENANT);
    assertThat(exchanges).as("others are asked for").hasSize(2);
    assertThat(source.isOpen()).isFalse();
  }

  @Test
  void fiveThrottledAnswersForOneIdentityNeverStopAnother() {
    for (int i = 0; i < 20; i++) {
      askAndFail(throttled(Duration.ofMinutes(10)));
      clock.advance(Duration.ofMinutes(10));
    }
    exchanges.clear();

    source.token(OTHER_IDENTITY);

    assertThat(exchanges).hasSize(1);
  }

  @Test
  void aRetryAfterNeverGrowsHoweverOftenItIsRepeated() {
    for (int i = 0; i < 10; i++) {
      TokenFailure told = askAndFail(throttled(Duration.ofSeconds(600)));

      assertThat(told.retryAfter()).contains(Duration.ofSeconds(600));
      clock.advance(Duration.ofSeconds(600));
    }
    assertThat(exchanges).hasSize(10);
  }

  @Test
  void aRetryAfterOfTenHoursIsCappedAtTenMinutesAndProbedThen() {
    TokenFailure told = askAndFail(throttled(Duration.ofHours(10)));
    assertThat(told.retryAfter()).contains(Duration.ofMinutes(10));
    clock.advance(Duration.ofMinutes(10));
    exchanges.clear();

    source.token(KEY);
    source.token(SAME_IDENTITY);

    assertThat(exchanges).as("one of them probes").hasSize(1);
    exchanges.get(0).complete(token());
    source.token(SAME_IDENTITY);
    assertThat(exchanges).hasSize(2);
  }

  @Test
  void aRetryAfterIsExceededByAQuarterAtMost() {
    assertThat(BreakerState.obeyed(Duration.ofSeconds(60), 0)).isEqualTo(sec(60));
    assertThat(BreakerState.obeyed(Duration.ofSeconds(60), 0.999_999)).isBetween(sec(74), sec(75));
    assertThat(BreakerState.obeyed(Duration.ofMinutes(9), 0.999_999)).isEqualTo(sec(600));
    assertThat(BreakerState.obeyed(Duration.ZERO, 0)).isEqualTo(sec(1));
  }

  @Test
  void whatEntraItselfSaysWith5xxStopsThatIdentityOnly() {
    TokenFailure failing =
        new TokenFailure.Unavailable("AADSTS90033", Optional.empty(), Reach.IDENTITY);
    for (int i = 0; i < 5; i++) {
      askAndFail(failing);
    }
    exchanges.clear();

    assertThat(source.token(SAME_IDENTITY).failed()).isTrue();
    source.token(OTHER_IDENTITY);

    assertThat(exchanges).hasSize(1);
  }

  @Test
  void anAnswerThatConcernsOneRequestNeverStopsAnything() {
    TokenFailure odd =
        new TokenFailure.Unavailable("status 404, not JSON", Optional.empty(), Reach.REQUEST);
    for (int i = 0; i < 100; i++) {
      askAndFail(odd);
    }

    assertThat(exchanges).hasSize(100);
    assertThat(source.isOpen()).isFalse();
  }

  @Test
  void aGatewaysRetryAfterHoldsForItsKeyAndStopsNobodyElse() {
    TokenFailure told =
        askAndFail(new TokenFailure.Unavailable("502", Optional.of(sec(3600)), Reach.AUTHORITY));
    exchanges.clear();

    source.token(SAME_IDENTITY);

    assertThat(told.retryAfter()).contains(Duration.ofMinutes(10));
    assertThat(exchanges).hasSize(1);
  }

  @Test
  void whatFailsIsToldTheBreakersPauseAndNoLongerOne() {
    open();

    assertThat(failureOf(source.token(KEY)).retryAfter()).contains(sec(5));
    clock.advance(sec(5));
    for (int i = 0; i < 50; i++) {
      TokenFailure told = askAndFail(SILENT);
      assertThat(told.retryAfter().orElseThrow()).isLessThanOrEqualTo(BreakerState.LONGEST_PAUSE);
      clock.advance(told.retryAfter().orElseThrow());
    }
  }

  @Test
  void thePauseCountsFromTheStartOfAProbeThatHangs() {
    open();
    clock.advance(sec(5));
    source.token(KEY);
    Promise<AccessToken> probe = exchanges.get(exchanges.size() - 1);
    clock.advance(sec(4));
    probe.fail(new TokenFailureException(SILENT));

    assertThat(failureOf(source.token(KEY)).retryAfter()).as("of 10 s").contains(sec(6));
  }

  @Test
  void theProbesTurnIsTheConfiguredKeysFirst() {
    open();
    assertThat(source.token(CONFIGURED).failed()).isTrue();
    clock.advance(sec(5));
    exchanges.clear();

    TokenFailure told = failureOf(source.token(KEY));
    source.token(CONFIGURED);

    assertThat(told.retryAfter()).contains(CircuitBreaker.HEAD_START);
    assertThat(exchanges).as("the configured key probes").hasSize(1);
  }

  @Test
  void aConfiguredKeyThatNobodyAsksForHoldsUpNoProbe() {
    open();
    source.token(CONFIGURED);
    clock.advance(sec(5).plus(CircuitBreaker.HEAD_START));
    exchanges.clear();

    source.token(KEY);

    assertThat(exchanges).hasSize(1);
  }

  @Test
  void aLateFailureOfAnotherExchangeDoesNotEndTheProbe() {
    source.token(OTHER_IDENTITY);
    Promise<AccessToken> late = exchanges.get(0);
    open();
    clock.advance(sec(5));
    source.token(KEY);
    Promise<AccessToken> probe = exchanges.get(exchanges.size() - 1);

    late.fail(new TokenFailureException(SILENT));
    int before = exchanges.size();
    assertThat(source.token(KEY).failed()).as("still one probe at a time").isTrue();
    assertThat(exchanges).hasSize(before);
    probe.complete(token());

    assertThat(source.isOpen()).isFalse();
  }

  @Test
  void inventedClientIdsInTroubleAreForgottenBeforeTheyFillTheMemory() {
    for (int i = 0; i < 2 * BreakerTokenSource.MOST_IDENTITIES; i++) {
      ask(new TokenKey("https://login.test", "t", "invented-" + i, "r/.default"))
          .fail(new TokenFailureException(throttled(sec(60))));
    }

    assertThat(source.troubledIdentities()).isEqualTo(BreakerTokenSource.MOST_IDENTITIES);
  }

  @Test
  void aRefusalIsAnAnswerAndNeverOpensIt() {
    for (int i = 0; i < 100; i++) {
      askAndFail(
          new TokenFailure.Rejected(
              "invalid_client",
              700016,
              "no",
              "c0",
              Optional.empty(),
              TokenFailure.Outlook.LASTING));
    }

    assertThat(exchanges).hasSize(100);
  }

  @Test
  void aMissingTokenFileNeverOpensIt() {
    for (int i = 0; i < 100; i++) {
      askAndFail(new TokenFailure.NoAssertion("missing"));
    }

    assertThat(exchanges).hasSize(100);
  }

  @Test
  void exchangesThatFoundNoThreadSayNothingAboutEntra() {
    for (int i = 0; i < 100; i++) {
      askAndFail(new TokenFailure.NotAsked("too many", Optional.empty(), false));
    }

    assertThat(source.isOpen()).isFalse();
  }

  @Test
  void aProbeThatWasNeverSentHandsItsTurnOn() {
    open();
    clock.advance(Duration.ofSeconds(5));
    askAndFail(new TokenFailure.NotAsked("too many", Optional.empty(), false));
    clock.advance(BreakerState.LONGEST_PAUSE);
    exchanges.clear();

    source.token(KEY);

    assertThat(exchanges).hasSize(1);
  }

  @Test
  void aProbeThatThrowsHandsItsTurnOn() {
    open();
    clock.advance(Duration.ofSeconds(5));
    Error noThread = new InternalError("no native thread");
    defect = Optional.of(noThread);

    assertThat(source.token(KEY).failed()).isTrue();

    defect = Optional.empty();
    clock.advance(BreakerState.LONGEST_PAUSE);
    exchanges.clear();
    source.token(KEY);
    assertThat(exchanges).hasSize(1);
  }

  @Test
  void aSuccessInBetweenStartsTheCountAnew() {
    for (int i = 0; i < 20; i++) {
      for (int j = 1; j < BreakerTokenSource.THRESHOLD; j++) {
        askAndFail(SILENT);
      }
      source.token(KEY);
      exchanges.get(exchanges.size() - 1).complete(token());
    }

    assertThat(source.isOpen()).isFalse();
  }

  private void open() {
    for (int i = 0; i < BreakerTokenSource.THRESHOLD; i++) {
      askAndFail(SILENT);
    }
  }

  private TokenFailure askAndFail(TokenFailure failure) {
    int before = exchanges.size();
    Future<AccessToken> caller = source.token(KEY);
    if (exchanges.size() > before) {
      exchanges.get(before).fail(new TokenFailureException(failure));
    }
    return failureOf(caller);
  }

  private Promise<AccessToken> ask(TokenKey key) {
    source.token(key);
    return exchanges.get(exchanges.size() - 1);
  }

  private static TokenFailure throttled(Duration retryAfter) {
    return new TokenFailure.Throttled("slow down", Optional.of(retryAfter));
  }

  private static TokenFailure failureOf(Future<AccessToken> caller) {
    return TokenFailureException.failureOf(caller.cause());
  }

  private static Duration sec(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private AccessToken token() {
    return new AccessToken(
        "t", clock.instant(), clock.instant().plusSeconds(3600), Optional.empty());
  }
}

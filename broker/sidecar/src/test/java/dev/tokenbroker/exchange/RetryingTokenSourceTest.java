package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.NoAssertion;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryingTokenSourceTest {

  private static final TokenKey KEY = new TokenKey("https://login.test", "t", "c", "r/.default");
  private static final AccessToken TOKEN =
      new AccessToken("secret", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), Optional.empty());
  private static final TokenFailure SILENT = new Unavailable("no answer", Optional.empty());
  private static final TokenFailure STALE = rejected(700024);

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final Deque<Future<AccessToken>> answers = new ArrayDeque<>();
  private Duration took = Duration.ZERO;
  private final List<TokenKey> exchanges = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Runnable> paused = new ArrayList<>();
  private final RetryingTokenSource source =
      new RetryingTokenSource(
          key -> {
            exchanges.add(key);
            clock.advance(took);
            return answers.remove();
          },
          (delay, task) -> {
            pauses.add(delay);
            paused.add(task);
            return () -> {};
          },
          Duration.ofSeconds(10),
          clock,
          new Random(7));

  @Test
  void aSecondTryThatThrowsIsAFailure() {
    answers.add(Future.failedFuture(new TokenFailureException(SILENT)));
    Future<AccessToken> token = source.token(KEY);

    // There is no second answer.
    paused.get(0).run();

    assertThat(token.cause()).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aTokenIsPassedOnAtOnce() {
    answers.add(Future.succeededFuture(TOKEN));

    assertThat(source.token(KEY).result()).isSameAs(TOKEN);
    assertThat(exchanges).containsExactly(KEY);
  }

  @Test
  void silenceIsAskedAgainAfterAPauseAndNotBefore() {
    answers.add(failed(SILENT));
    answers.add(Future.succeededFuture(TOKEN));

    Future<AccessToken> caller = source.token(KEY);
    assertThat(exchanges).hasSize(1);
    assertThat(caller.isComplete()).isFalse();
    paused.get(0).run();

    assertThat(caller.result()).isSameAs(TOKEN);
    assertThat(exchanges).containsExactly(KEY, KEY);
  }

  @Test
  void silenceTwiceIsTheCallersAnswer() {
    TokenFailure second = new Unavailable("still no answer", Optional.empty());
    answers.add(failed(SILENT));
    answers.add(failed(second));

    Future<AccessToken> caller = source.token(KEY);
    paused.get(0).run();

    assertThat(TokenFailureException.failureOf(caller.cause())).isEqualTo(second);
    assertThat(exchanges).hasSize(2);
    assertThat(paused).hasSize(1);
  }

  @Test
  void aTryThatTookTooLongIsNotRepeatedSinceNobodyWouldStillBeWaiting() {
    took = Duration.ofSeconds(10);
    answers.add(failed(SILENT));

    assertThat(TokenFailureException.failureOf(source.token(KEY).cause())).isEqualTo(SILENT);
    assertThat(exchanges).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void pausesDifferSoThatPodsDoNotAskInStep() {
    for (int i = 0; i < 200; i++) {
      answers.add(failed(SILENT));
      source.token(KEY);
    }

    assertThat(pauses)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(250), Duration.ofMillis(750)));
    assertThat(pauses.stream().distinct().count()).isGreaterThan(50);
  }

  @Test
  void aStaleAssertionIsSentAnewAtOnce() {
    answers.add(failed(STALE));
    answers.add(Future.succeededFuture(TOKEN));

    assertThat(source.token(KEY).result()).isSameAs(TOKEN);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aStaleAssertionTwiceIsTheCallersAnswer() {
    answers.add(failed(STALE));
    answers.add(failed(STALE));

    assertThat(TokenFailureException.failureOf(source.token(KEY).cause())).isEqualTo(STALE);
    assertThat(exchanges).hasSize(2);
  }

  static Stream<TokenFailure> lasting() {
    return Stream.of(
        rejected(700213),
        rejected(700021),
        rejected(7000272),
        rejected(0),
        new Throttled("slow down", Optional.empty()),
        new Throttled("slow down", Optional.of(Duration.ofSeconds(1))),
        new Unavailable("come back", Optional.of(Duration.ofSeconds(1))),
        new NoAssertion("no file"));
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void everythingElseIsLeftToTheCache(TokenFailure failure) {
    answers.add(failed(failure));

    assertThat(TokenFailureException.failureOf(source.token(KEY).cause())).isEqualTo(failure);
    assertThat(exchanges).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  private static TokenFailure rejected(int aadsts) {
    return new Rejected("invalid_client", aadsts, "no", "id", Optional.empty(), Outlook.LASTING);
  }

  private static Future<AccessToken> failed(TokenFailure failure) {
    return Future.failedFuture(new TokenFailureException(failure));
  }
}

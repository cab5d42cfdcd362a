package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
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
  private static final TokenFailure SILENT =
      new TokenFailure.Unavailable("no answer", Optional.empty());

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
  private final List<Promise<AccessToken>> asked = new ArrayList<>();
  private final BreakerTokenSource source =
      new BreakerTokenSource(
          key -> {
            Promise<AccessToken> answer = Promise.promise();
            asked.add(answer);
            return answer.future();
          },
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

    assertThat(asked.size()).isLessThanOrEqualTo(Breaker.THRESHOLD + 10 * 5);
  }

  @Test
  void whileItIsOpenCallersAreToldWhenEntraIsAskedAgain() {
    open();

    Future<AccessToken> caller = source.token(KEY);

    TokenFailure failure = TokenException.failureOf(caller.cause());
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(failure.message()).contains("asked again in 5 s");
    assertThat(source.isOpen()).isTrue();
  }

  @Test
  void afterThePauseOneExchangeTriesAndItsSuccessLetsAllThrough() {
    open();
    clock.advance(Duration.ofSeconds(5));
    asked.clear();

    source.token(KEY);
    assertThat(source.token(KEY).failed()).as("only one tries").isTrue();
    asked.get(0).complete(token());
    source.token(KEY);
    source.token(KEY);

    assertThat(asked).hasSize(3);
    assertThat(source.isOpen()).isFalse();
  }

  @Test
  void throttlingAgainAndAgainOpensItForAtLeastAsLongAsEntraAsks() {
    for (int i = 0; i < Breaker.THRESHOLD; i++) {
      askAndFail(new TokenFailure.Throttled("slow down", Optional.of(Duration.ofSeconds(45))));
    }

    TokenFailure failure = TokenException.failureOf(source.token(KEY).cause());
    assertThat(failure).isInstanceOf(TokenFailure.Throttled.class);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(45));

    clock.advance(Duration.ofSeconds(45));
    askAndFail(new TokenFailure.Throttled("slow down", Optional.of(Duration.ofDays(1))));
    assertThat(TokenException.failureOf(source.token(KEY).cause()).retryAfter())
        .contains(Breaker.LONGEST_ASKED);
    assertThat(asked).hasSize(Breaker.THRESHOLD + 1);
  }

  @Test
  void aRefusalIsAnAnswerAndNeverOpensIt() {
    for (int i = 0; i < 100; i++) {
      askAndFail(
          new TokenFailure.Rejected(
              "invalid_client", 700016, "no", "c0", "", TokenFailure.Outlook.LASTING));
    }

    assertThat(asked).hasSize(100);
  }

  @Test
  void aMissingTokenFileNeverOpensIt() {
    for (int i = 0; i < 100; i++) {
      askAndFail(new TokenFailure.NoAssertion("missing"));
    }

    assertThat(asked).hasSize(100);
  }

  @Test
  void aSuccessInBetweenStartsTheCountAnew() {
    for (int i = 0; i < 20; i++) {
      for (int j = 1; j < Breaker.THRESHOLD; j++) {
        askAndFail(SILENT);
      }
      source.token(KEY);
      asked.get(asked.size() - 1).complete(token());
    }

    assertThat(source.isOpen()).isFalse();
  }

  private void open() {
    for (int i = 0; i < Breaker.THRESHOLD; i++) {
      askAndFail(SILENT);
    }
  }

  private void askAndFail(TokenFailure failure) {
    int before = asked.size();
    source.token(KEY);
    if (asked.size() > before) {
      asked.get(before).fail(new TokenException(failure));
    }
  }

  private AccessToken token() {
    return new AccessToken(
        "t", clock.instant(), clock.instant().plusSeconds(3600), Optional.empty());
  }
}

package dev.tokenbroker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cache.CachingTokenSource;
import dev.tokenbroker.cache.NewKeyRateLimiter;
import dev.tokenbroker.cache.Prefetch;
import dev.tokenbroker.exchange.BreakerTokenSource;
import dev.tokenbroker.exchange.RetryingTokenSource;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenFailure.Reach;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One identity's trouble never changes another's answer: the whole way from the cache to Entra, put
 * together as the broker does, with one identity in trouble (A) and one without (B).
 */
class FairnessTest {

  private static final long SEED = 20261128L;
  private static final Duration LIFE = Duration.ofMinutes(20);
  private static final TokenKey PREFETCHED = key("b", "https://vault.azure.net");
  private static final TokenFailure LONG_THROTTLED =
      new Throttled("Entra throttles", Optional.of(Duration.ofMinutes(10)));
  private static final TokenFailure ODD_4XX =
      new Unavailable("Entra answered with status 404", Optional.empty(), Reach.REQUEST);
  private static final TokenFailure FAILING =
      new Unavailable("AADSTS90033", Optional.empty(), Reach.IDENTITY);

  private final Timeline time = new Timeline();
  private final Map<String, TokenFailure> troubles = new HashMap<>();
  private final List<TokenKey> exchanges = new ArrayList<>();
  private final Random random = new Random(SEED);
  private final CachingTokenSource cache =
      new CachingTokenSource(
          new BreakerTokenSource(
              new RetryingTokenSource(
                  this::entra, time::after, Duration.ofSeconds(10), time.clock(), random),
              PREFETCHED::equals,
              time.clock(),
              random),
          1000,
          new NewKeyRateLimiter(List.of("a", "b"), PREFETCHED::equals),
          Duration.ofSeconds(20),
          time.clock(),
          time::after,
          random);
  private int asks;

  @BeforeEach
  void printTheSeed() {
    System.out.println("fairness: seed " + SEED);
  }

  @Test
  void whileAIsThrottledBGetsNewTokensAtOnce() {
    everyKeyOfBSucceedsWhile("a", LONG_THROTTLED);
  }

  @Test
  void whileEntraFailsForABGetsNewTokensAtOnce() {
    everyKeyOfBSucceedsWhile("a", FAILING);
  }

  @Test
  void oddAnswersForOddResourcesOfARefuseNothingToB() {
    everyKeyOfBSucceedsWhile("a", ODD_4XX);
  }

  @Test
  void inventedClientIdsInALoopRefuseNothingToB() {
    everyKeyOfBSucceedsWhile(
        "invented",
        new Rejected("unauthorized_client", 700016, "no", "c", Optional.empty(), Outlook.LASTING));
  }

  @Test
  void aPrefetchedTokenThatEndedIsAskedForAgainWhileAnAppUsesUpEveryProbe() {
    new Prefetch(List.of(PREFETCHED), cache, time::after).start(Duration.ZERO, random);
    run(Duration.ofSeconds(1));
    troubles.put("a", Unavailable.silent("reset"));
    troubles.put("b", Unavailable.silent("reset"));
    run(LIFE.plusMinutes(10), () -> ask("a"));
    assertThat(cache.token(PREFETCHED).succeeded()).as("it has ended").isFalse();

    // A's resources go on being answered by silence: a middlebox that resets what is odd.
    troubles.remove("b");
    run(Duration.ofSeconds(35), () -> ask("a"));

    assertThat(cache.token(PREFETCHED).succeeded()).isTrue();
  }

  @Test
  void aWantedTokenIsRenewedInTimeWhileAnotherIdentityIsThrottledAndInALoop() {
    TokenKey wanted = key("b", "wanted");
    cache.token(wanted);
    run(Duration.ofSeconds(1));
    troubles.put("a", LONG_THROTTLED);

    run(
        LIFE.multipliedBy(3),
        () -> {
          ask("a");
          assertThat(cache.token(wanted).succeeded()).isTrue();
        });
  }

  @Test
  void theBackOffNeverOutlastsTheBreaker() {
    troubles.put("a", Unavailable.silent("no connection"));
    TokenKey key = key("a", "r");
    run(
        Duration.ofMinutes(30),
        () -> {
          Future<AccessToken> answer = cache.token(key);
          if (answer.failed()) {
            Duration told =
                TokenFailureException.failureOf(answer.cause()).retryAfter().orElse(Duration.ZERO);
            assertThat(told).isLessThanOrEqualTo(Duration.ofSeconds(31));
          }
        });
  }

  private void everyKeyOfBSucceedsWhile(String troubled, TokenFailure trouble) {
    troubles.put(troubled, trouble);
    List<Future<AccessToken>> ofB = new ArrayList<>();
    run(
        Duration.ofMinutes(5),
        () -> {
          ask(troubled);
          if (time.step() % (5 * Timeline.STEPS_A_SECOND) == 0) {
            ofB.add(cache.token(key("b", "new-" + ofB.size())));
          }
        });
    run(Duration.ofSeconds(1));

    assertThat(ofB).hasSizeGreaterThan(50).allMatch(Future::succeeded);
    assertThat(exchanges)
        .filteredOn(key -> key.clientId().startsWith(troubled))
        .as("and A costs Entra little")
        .hasSizeLessThan(2 * (50 + 5 * 60));
  }

  /** An app of this identity asks for something new, every tenth of a second. */
  private void ask(String clientId) {
    String id = clientId.equals("invented") ? clientId + "-" + asks : clientId;
    cache.token(key(id, "odd-" + asks++));
  }

  private void run(Duration length) {
    run(length, () -> {});
  }

  private void run(Duration length, Runnable each) {
    time.run(
        length,
        () -> {
          each.run();
          if (time.step() % (2 * Timeline.STEPS_A_SECOND) == 0) {
            cache.sweep();
          }
        });
  }

  private Future<AccessToken> entra(TokenKey key) {
    exchanges.add(key);
    Promise<AccessToken> answer = Promise.promise();
    Optional<TokenFailure> trouble =
        troubles.entrySet().stream()
            .filter(each -> key.clientId().startsWith(each.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    time.after(
        FailingEntra.LATENCY,
        () -> {
          if (trouble.isPresent()) {
            answer.fail(new TokenFailureException(trouble.get()));
          } else {
            answer.complete(token());
          }
        });
    return answer.future();
  }

  private AccessToken token() {
    return new AccessToken(
        "t", time.clock().instant(), time.clock().instant().plus(LIFE), Optional.empty());
  }

  private static TokenKey key(String clientId, String resource) {
    return new TokenKey("https://login.test", "tenant", clientId, TokenKey.scopeOf(resource));
  }
}

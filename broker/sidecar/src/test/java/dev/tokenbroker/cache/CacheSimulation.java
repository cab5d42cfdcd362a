package dev.tokenbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One random life of a cache: callers, answers, failures, sweeps and clock jumps in any order. What
 * must hold is checked at each step: nothing is served past its expiry, a key has one exchange
 * under way at most, nobody waits while a valid token is held (for a second at most when it is
 * about to end, and never in vain), no exchange comes before the pause after a failure is over,
 * Entra is asked only for a reason (no token, one that is due, or a failure whose pause is over),
 * and in the end every caller is answered.
 */
final class CacheSimulation {

  private static final int CAPACITY = 4;
  private static final List<String> RESOURCES = List.of("a", "b", "c", "d", "e", "f", "g");

  private final long seed;
  private final Random random;
  private final ManualClock clock;
  private final CachingTokenSource cache;
  private final Map<TokenKey, Promise<AccessToken>> underWay = new HashMap<>();
  private final Map<TokenKey, AccessToken> held = new HashMap<>();
  private final Map<TokenKey, Instant> failedAt = new HashMap<>();
  private final List<Future<AccessToken>> callers = new ArrayList<>();
  private final List<Holder> holders = new ArrayList<>();
  private final List<CacheRig.Alarm> alarms = new ArrayList<>();
  private int exchanges;

  /** A caller for whom there is a valid token, but who waits for its successor. */
  private record Holder(Future<AccessToken> answer, AccessToken valid, Instant latest) {}

  CacheSimulation(long seed, ManualClock clock) {
    this.seed = seed;
    this.random = new Random(seed);
    this.clock = clock;
    this.cache =
        new CachingTokenSource(
            this::exchange,
            CAPACITY,
            NewKeyRateLimiter.none(),
            CacheRig.WAIT_TIMEOUT,
            clock,
            this::timer,
            random);
    cache.addListener(this::heard);
    cache.pin(CacheRig.key("pinned"));
  }

  int exchanges() {
    return exchanges;
  }

  void step() {
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> ask();
      case 4, 5, 6 -> answerOne();
      case 7 -> pass(Duration.ofSeconds(random.nextInt(60)));
      case 8 -> pass(Duration.ofMinutes(random.nextInt(90)));
      default -> cache.sweep();
    }
    holders.removeIf(this::isDone);
  }

  /** For as long as there is a valid token, no holder fails or is delayed for longer. */
  private boolean isDone(Holder holder) {
    boolean overdue = !clock.instant().isBefore(holder.latest());
    if (holder.valid().isValidAt(clock.instant())) {
      assertThat(holder.answer().failed()).as("seed %d: in vain", seed).isFalse();
      assertThat(overdue && !holder.answer().isComplete()).as("seed %d: delay", seed).isFalse();
    }
    return holder.answer().isComplete() || overdue;
  }

  /** Answers what is still under way; then nobody may be left without an answer. */
  void settle() {
    while (!underWay.isEmpty()) {
      answerOne();
    }
    assertThat(callers).as("seed %d: every caller is answered", seed).allMatch(Future::isComplete);
    assertThat(alarms).as("seed %d: no deadline is left behind", seed).isEmpty();
  }

  private void ask() {
    TokenKey key =
        random.nextInt(4) == 0
            ? CacheRig.key("pinned")
            : CacheRig.key(RESOURCES.get(random.nextInt(RESOURCES.size())));
    AccessToken valid = held.get(key);
    Instant now = clock.instant();
    boolean holds = valid != null && valid.isValidAt(now);

    Future<AccessToken> answer = cache.token(key);

    if (holds && RefreshPolicy.isEndingAt(valid, now)) {
      holders.add(new Holder(answer, valid, now.plus(RefreshPolicy.LONGEST_DELAY)));
    } else if (holds) {
      assertThat(answer.succeeded()).as("seed %d: a valid token is held", seed).isTrue();
    }
    if (answer.succeeded()) {
      assertThat(answer.result().isValidAt(clock.instant()))
          .as("seed %d: served within its life", seed)
          .isTrue();
    }
    callers.add(answer);
  }

  private void answerOne() {
    if (underWay.isEmpty()) {
      return;
    }
    List<TokenKey> keys = new ArrayList<>(underWay.keySet());
    keys.sort((a, b) -> a.scope().compareTo(b.scope()));
    Promise<AccessToken> exchange = underWay.remove(keys.get(random.nextInt(keys.size())));
    switch (random.nextInt(6)) {
      case 0 -> exchange.fail(new TokenFailureException(rejected(TokenFailure.Outlook.LASTING)));
      case 1 ->
          exchange.fail(
              new TokenFailureException(new TokenFailure.Unavailable("down", Optional.empty())));
      case 2 ->
          exchange.fail(
              new TokenFailureException(
                  new TokenFailure.Throttled(
                      "slow", Optional.of(Duration.ofSeconds(1 + random.nextInt(120))))));
      default -> exchange.complete(token(Duration.ofMinutes(1 + random.nextInt(120))));
    }
  }

  private void pass(Duration time) {
    clock.advance(time);
    List<CacheRig.Alarm> due =
        alarms.stream().filter(alarm -> !alarm.due().isAfter(clock.instant())).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.task().run());
  }

  private Future<AccessToken> exchange(TokenKey key) {
    exchanges++;
    Instant failure = failedAt.remove(key);
    if (failure != null) {
      assertThat(Duration.between(failure, clock.instant()))
          .as("seed %d: a pause after a failure", seed)
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
    AccessToken token = held.get(key);
    if (token != null && failure == null) {
      // Whatever the jitter: the earliest renewal is that of the most of it.
      assertThat(clock.instant())
          .as("seed %d: no exchange without a reason", seed)
          .isAfterOrEqualTo(RefreshPolicy.refreshAt(token, 1));
    }
    Promise<AccessToken> promise = Promise.promise();
    assertThat(underWay.put(key, promise)).as("seed %d: one exchange a key", seed).isNull();
    return promise.future();
  }

  private void heard(CacheEvent event) {
    if (event instanceof CacheEvent.Exchanged exchanged) {
      held.put(exchanged.key(), exchanged.token());
    } else if (event instanceof CacheEvent.ExchangeFailed failed) {
      failedAt.put(failed.key(), clock.instant());
    } else if (event instanceof CacheEvent.Dropped dropped) {
      held.remove(dropped.key());
      failedAt.remove(dropped.key());
    }
  }

  private AccessToken token(Duration life) {
    return new AccessToken("t", clock.instant(), clock.instant().plus(life), Optional.empty());
  }

  private static TokenFailure rejected(TokenFailure.Outlook outlook) {
    return new TokenFailure.Rejected(
        "invalid_client", 700016, "no", "c0", Optional.empty(), outlook);
  }

  private Runnable timer(Duration delay, Runnable task) {
    CacheRig.Alarm alarm = new CacheRig.Alarm(clock.instant().plus(delay), task);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }
}

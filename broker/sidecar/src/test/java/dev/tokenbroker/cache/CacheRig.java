package dev.tokenbroker.cache;

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
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A cache on a hand-moved clock, before an upstream that answers only when the test says so. */
final class CacheRig {

  static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration WAIT_TIMEOUT = Duration.ofSeconds(20);

  final ManualClock clock = new ManualClock(START);
  final List<Exchange> exchanges = new ArrayList<>();
  final List<CacheEvent> events = new ArrayList<>();
  final List<Alarm> alarms = new ArrayList<>();
  final CachingTokenSource cache;
  CacheObserver alsoHears = event -> {};

  Optional<Error> defect = Optional.empty();

  /** An exchange the cache asked for. */
  record Exchange(TokenKey key, Promise<AccessToken> answer) {}

  /** A timer the cache set. */
  record Alarm(Instant due, Runnable task) {}

  CacheRig(int capacity) {
    this(capacity, NewKeyRateLimiter.none());
  }

  CacheRig(int capacity, NewKeyRateLimiter limit) {
    RandomGenerator noJitter = () -> 0L;
    cache =
        new CachingTokenSource(
            this::upstream, capacity, limit, WAIT_TIMEOUT, clock, this::timer, noJitter);
    cache.addListener(this::heard);
  }

  private void heard(CacheEvent event) {
    events.add(event);
    alsoHears.on(event);
  }

  static TokenKey key(String resource) {
    return new TokenKey("https://login.test", "tenant", "client", TokenKey.scopeOf(resource));
  }

  AccessToken token(String value, Duration life) {
    return new AccessToken(value, clock.instant(), clock.instant().plus(life), Optional.empty());
  }

  /** Answers the newest exchange with a token. */
  AccessToken succeed(String value, Duration life) {
    AccessToken token = token(value, life);
    newest().answer().complete(token);
    return token;
  }

  /** Answers the newest exchange with a failure. */
  void fail(TokenFailure failure) {
    newest().answer().fail(new TokenFailureException(failure));
  }

  Exchange newest() {
    return exchanges.get(exchanges.size() - 1);
  }

  /** Moves the clock, rings what is due, and sweeps. */
  void advance(Duration by) {
    clock.advance(by);
    List<Alarm> due =
        alarms.stream().filter(alarm -> !alarm.due().isAfter(clock.instant())).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.task().run());
    cache.sweep();
  }

  /** The failure that a future carries. */
  static TokenFailure failureOf(Future<AccessToken> future) {
    return ((TokenFailureException) future.cause()).failure();
  }

  private Future<AccessToken> upstream(TokenKey key) {
    if (defect.isPresent()) {
      throw defect.get();
    }
    Promise<AccessToken> answer = Promise.promise();
    exchanges.add(new Exchange(key, answer));
    return answer.future();
  }

  Runnable timer(Duration delay, Runnable task) {
    Alarm alarm = new Alarm(clock.instant().plus(delay), task);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }
}

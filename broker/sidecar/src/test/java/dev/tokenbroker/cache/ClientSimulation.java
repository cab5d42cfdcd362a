package dev.tokenbroker.cache;

import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/** A cache before an Entra that is well, and the clients of one app, for a week of virtual time. */
final class ClientSimulation {

  static final Duration OBSERVED = Duration.ofDays(7);

  private static final Duration SWEEPS_EVERY = Duration.ofSeconds(2);
  private static final Duration LATENCY = Duration.ofMillis(300);
  private static final Duration NEXT_STARTS_LATER = Duration.ofMillis(3_817_400);

  /** Not a whole second: clocks are not, either. */
  private static final Instant START = CacheRig.START.plusMillis(700);

  private static final TokenKey KEY = CacheRig.key("https://vault.azure.net");

  /**
   * What the clients and Entra saw.
   *
   * @param leastLeft the least {@code expires_in} that was ever handed out
   * @param requests how often a client asked
   * @param delayed requests that had to wait, each client's first one aside
   * @param longestDelay the longest of these waits
   * @param exchanges calls of Entra
   */
  record Outcome(long leastLeft, int requests, int delayed, Duration longestDelay, int exchanges) {

    double exchangesADay() {
      return (double) exchanges / OBSERVED.toDays();
    }
  }

  private record Event(Instant at, long order, Runnable action) {}

  private final ManualClock clock = new ManualClock(START);
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::order));
  private final Duration life;
  private final Optional<Duration> refreshIn;
  private final CachingTokenSource cache;
  private long scheduled;
  private long leastLeft = Long.MAX_VALUE;
  private int requests;
  private int delayed;
  private Duration longestDelay = Duration.ZERO;
  private int exchanges;

  private ClientSimulation(Duration life, Optional<Duration> refreshIn, long seed) {
    this.life = life;
    this.refreshIn = refreshIn;
    this.cache =
        new CachingTokenSource(
            this::exchange,
            4,
            NewKeyRateLimiter.none(),
            CacheRig.WAIT_TIMEOUT,
            clock,
            this::after,
            new Random(seed));
  }

  static Outcome run(
      ClientPattern pattern, Duration life, Optional<Duration> refreshIn, long seed) {
    return new ClientSimulation(life, refreshIn, seed).run(pattern);
  }

  private Outcome run(ClientPattern pattern) {
    Duration start = Duration.ZERO;
    for (ClientPattern.Client client : pattern.clients()) {
      after(start, () -> ask(client, true));
      start = start.plus(NEXT_STARTS_LATER);
    }
    after(SWEEPS_EVERY, this::sweep);
    Instant end = START.plus(OBSERVED);
    for (Event next = events.remove(); next.at().isBefore(end); next = events.remove()) {
      clock.set(next.at());
      next.action().run();
    }
    return new Outcome(leastLeft, requests, delayed, longestDelay, exchanges);
  }

  private void sweep() {
    cache.sweep();
    after(SWEEPS_EVERY, this::sweep);
  }

  private void ask(ClientPattern.Client client, boolean first) {
    Instant now = clock.instant();
    requests++;
    Future<AccessToken> answer = cache.token(KEY);
    delayed += answer.isComplete() || first ? 0 : 1;
    answer.onSuccess(token -> answered(client, first, now, token));
  }

  private void answered(
      ClientPattern.Client client, boolean first, Instant sent, AccessToken token) {
    Instant now = clock.instant();
    Duration delay = Duration.between(sent, now);
    longestDelay = first || delay.compareTo(longestDelay) < 0 ? longestDelay : delay;
    // As the client sees it, not as the answer's rounding does: less than nothing would show.
    leastLeft = Math.min(leastLeft, Duration.between(now, token.expiresAt()).toSeconds());
    Duration pause = Duration.between(now, client.next(sent, now, token));
    after(pause, () -> ask(client, false));
  }

  private Future<AccessToken> exchange(TokenKey key) {
    exchanges++;
    Promise<AccessToken> answer = Promise.promise();
    after(LATENCY, () -> answer.complete(token()));
    return answer.future();
  }

  private AccessToken token() {
    Instant now = clock.instant();
    return new AccessToken("t", now, now.plus(life), refreshIn);
  }

  private Runnable after(Duration delay, Runnable action) {
    Event event = new Event(clock.instant().plus(delay), scheduled++, action);
    events.add(event);
    return () -> events.remove(event);
  }
}

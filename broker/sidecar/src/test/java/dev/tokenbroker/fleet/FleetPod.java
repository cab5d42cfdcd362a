package dev.tokenbroker.fleet;

import dev.tokenbroker.cache.CachingTokenSource;
import dev.tokenbroker.cache.NewKeyRateLimiter;
import dev.tokenbroker.cache.Prefetch;
import dev.tokenbroker.exchange.BreakerTokenSource;
import dev.tokenbroker.exchange.RetryingTokenSource;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A pod: the broker's own cache, breaker and retry, and an app that asks for each token. */
final class FleetPod {

  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(20);

  private final List<TokenKey> keys;
  private final TokenSource tokens;
  private final Runnable start;
  private final Runnable sweep;

  private FleetPod(List<TokenKey> keys, TokenSource tokens, Runnable start, Runnable sweep) {
    this.keys = keys;
    this.tokens = tokens;
    this.start = start;
    this.sweep = sweep;
  }

  /** With a broker, put together as {@code Broker} and {@code Upstream} do. */
  static FleetPod withBroker(
      int resources, TokenSource entra, Timeline time, RandomGenerator random, Duration spread) {
    List<TokenKey> keys = keys(resources);
    TokenSource upstream =
        new BreakerTokenSource(
            new RetryingTokenSource(
                entra, time::after, Duration.ofSeconds(10), time.clock(), random),
            keys::contains,
            time.clock(),
            random);
    CachingTokenSource cache =
        new CachingTokenSource(
            upstream,
            1000,
            new NewKeyRateLimiter(List.of(), keys::contains),
            WAIT_TIMEOUT,
            time.clock(),
            time::after,
            random);
    Prefetch prefetch = new Prefetch(keys, cache, time::after);
    cache.addListener(prefetch);
    return new FleetPod(keys, cache, () -> prefetch.start(spread, random), cache::sweep);
  }

  /** With nothing between the app and Entra. */
  static FleetPod withoutCache(int resources, TokenSource entra) {
    return new FleetPod(keys(resources), entra, () -> {}, () -> {});
  }

  private static List<TokenKey> keys(int resources) {
    return IntStream.range(0, resources)
        .mapToObj(i -> new TokenKey("https://login.test", "tenant", "client", i + "/.default"))
        .toList();
  }

  void start() {
    start.run();
  }

  /** To be called every two seconds. */
  void sweep() {
    sweep.run();
  }

  /** The app asks for a token for each of its resources. */
  List<Future<AccessToken>> ask() {
    return keys.stream().map(tokens::token).toList();
  }
}

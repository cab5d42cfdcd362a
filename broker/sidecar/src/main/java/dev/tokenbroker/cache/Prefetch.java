package dev.tokenbroker.cache;

import dev.tokenbroker.cache.CacheEvent.ExchangeFailed;
import dev.tokenbroker.cache.CacheEvent.Exchanged;
import dev.tokenbroker.threads.Timers;
import dev.tokenbroker.token.TokenFailure.Reach;
import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Pins the keys that are wanted from the start, with the manners of one pod among thousands that
 * start together: of each client id one exchange goes ahead, and the others follow once Entra has
 * answered it. While Entra throttles or is down a pod so asks for one token, not for all. No caller
 * is held up by this: what a caller asks for is fetched at once.
 *
 * <p>Confined to the event loop. It must hear what the cache does.
 */
public final class Prefetch implements CacheObserver {

  /** Out of the cache's own call: it must not change under the cache's hands. */
  private static final Duration SOON = Duration.ofMillis(1);

  private final Map<String, Queue<TokenKey>> waiting = new LinkedHashMap<>();
  private final CachingTokenSource cache;
  private final Timers timers;

  /** For these keys; nothing happens before {@link #start}. */
  public Prefetch(Collection<TokenKey> keys, CachingTokenSource cache, Timers timers) {
    this.cache = cache;
    this.timers = timers;
    for (TokenKey key : keys) {
      waiting.computeIfAbsent(key.clientId(), clientId -> new ArrayDeque<>()).add(key);
    }
  }

  /**
   * Starts.
   *
   * @param spread zero: at once; else each client id at a random moment within this time
   */
  public void start(Duration spread, RandomGenerator random) {
    for (Queue<TokenKey> keys : waiting.values()) {
      TokenKey first = keys.remove();
      if (spread.isZero()) {
        cache.pin(first);
      } else {
        long millis = 1 + (long) (spread.toMillis() * random.nextDouble());
        timers.after(Duration.ofMillis(millis), () -> cache.pin(first));
      }
    }
  }

  @Override
  public void on(CacheEvent event) {
    if (!waiting.isEmpty() && isAnswer(event)) {
      Queue<TokenKey> keys = waiting.remove(event.key().clientId());
      if (keys != null) {
        timers.after(SOON, () -> keys.forEach(cache::pin));
      }
    }
  }

  /** A refusal is an answer, too: it says nothing about the other resources. */
  private static boolean isAnswer(CacheEvent event) {
    return event instanceof Exchanged
        || (event instanceof ExchangeFailed failed && failed.failure().reach() == Reach.REQUEST);
  }
}

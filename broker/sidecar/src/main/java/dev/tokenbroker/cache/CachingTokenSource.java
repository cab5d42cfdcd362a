package dev.tokenbroker.cache;

import dev.tokenbroker.threads.Timers;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.NotAsked;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * The cache: a {@link TokenSource} in front of another. While it holds a valid token nobody waits,
 * except that in the token's last minutes callers wait a moment for its renewal; it has at most one
 * exchange under way for a key; it serves nothing at or past a token's expiry.
 *
 * <p>It lives on the event loop and takes no lock. It sets no timer for each entry: {@link #sweep},
 * called every few seconds, renews what is due and lets idle entries go, which also makes it
 * indifferent to clock steps.
 */
public final class CachingTokenSource implements TokenSource {

  private static final Logger LOG = Logger.getLogger(CachingTokenSource.class.getName());

  /** An entry without a valid token leaves when nobody has asked for it for so long. */
  static final Duration IDLE = Duration.ofMinutes(5);

  private final TokenSource upstream;
  private final Entries entries;
  private final NewKeyRateLimiter limit;
  private final Duration waitTimeout;
  private final Clock clock;
  private final Timers timers;
  private final RandomGenerator random;
  private final List<CacheObserver> listeners = new ArrayList<>();

  /**
   * An empty cache.
   *
   * @param upstream where a token comes from when none is held
   * @param capacity how many keys are held at once, beside the pinned ones
   * @param limit how many tokens may be asked for that are neither configured nor held
   * @param waitTimeout how long a caller waits when there is no valid token
   */
  public CachingTokenSource(
      TokenSource upstream,
      int capacity,
      NewKeyRateLimiter limit,
      Duration waitTimeout,
      Clock clock,
      Timers timers,
      RandomGenerator random) {
    this.upstream = upstream;
    this.entries = new Entries(capacity, entry -> tell(new CacheEvent.Dropped(entry.key)));
    this.limit = limit;
    this.waitTimeout = waitTimeout;
    this.clock = clock;
    this.timers = timers;
    this.random = random;
  }

  /** The listener hears what happens from now on, after those that were added before it. */
  public void addListener(CacheObserver listener) {
    listeners.add(listener);
  }

  /** Those who wait are answered after the listeners have heard: whatever these do. */
  private void tell(CacheEvent event) {
    for (CacheObserver listener : listeners) {
      try {
        listener.on(event);
      } catch (Throwable defect) {
        LOG.log(Level.SEVERE, "A listener of the cache failed", defect);
      }
    }
  }

  /** Fetches the token now, keeps it fresh even if nobody asks, and never drops it. */
  void pin(TokenKey key) {
    Entry entry = entries.pin(key, clock.instant());
    if (entry.state().isDueAt(clock.instant())) {
      exchange(entry, false);
    }
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    return token(key, token -> false);
  }

  @Override
  public Future<AccessToken> tokenInsteadOf(TokenKey key, Predicate<AccessToken> revoked) {
    return token(key, revoked);
  }

  private Future<AccessToken> token(TokenKey key, Predicate<AccessToken> revoked) {
    Instant now = clock.instant();
    Entry held = entries.get(key);
    if (held == null || needsAllowance(held, now)) {
      Optional<NotAsked> refusal = limit.refuse(key, now);
      if (refusal.isPresent()) {
        tell(new CacheEvent.Limited(key, refusal.get()));
        return failed(refusal.get());
      }
    }
    Entry entry = held != null ? held : entries.admit(key, now);
    if (entry == null) {
      return failed(
          new NotAsked(
              "Too many exchanges are under way", Optional.of(Duration.ofSeconds(1)), false));
    }
    entry.asked(now);
    if (entry.state().isDueAt(now)
        || (!entry.state().inFlight() && entry.state().isRevokedAt(now, revoked))) {
      exchange(entry, true);
    }
    if (entry.state().servesAt(now) && !entry.state().isRevokedAt(now, revoked)) {
      if (entry.state().failures() > 0) {
        tell(new CacheEvent.ServedDuringFailure(key));
      }
      return entry.isWorthWaitingAt(now) ? renewed(entry) : entry.ready();
    }
    if (entry.state().inFlight()) {
      tell(new CacheEvent.Waited(key));
      return entry.join(timers, waitTimeout);
    }
    return failed(entry.state().failureAt(now));
  }

  /** The successor of a token that is about to end, if it comes in time. */
  private Future<AccessToken> renewed(Entry entry) {
    tell(new CacheEvent.Waited(entry.key));
    return entry.joinRenewal(
        timers,
        RefreshPolicy.LONGEST_DELAY,
        () -> entry.stopDelaying(clock.instant(), timers, waitTimeout));
  }

  /** Renews what is due and wanted, and lets go what nobody asks for. Call it every few seconds. */
  public void sweep() {
    Instant now = clock.instant();
    entries.dropIf(entry -> isSpent(entry, now));
    entries.forEach(
        entry -> {
          if (entry.state().isDueAt(now) && isWorthAnExchange(entry)) {
            exchange(entry, false);
          }
        });
  }

  /** How many keys are held. */
  public int size() {
    return entries.size();
  }

  /**
   * Tells each token that is held and will be renewed ahead: it is prefetched, or somebody has
   * asked since it was last renewed unasked. One that has ended is told, too, until its key leaves:
   * it could not be renewed.
   */
  public void forEachWanted(BiConsumer<TokenKey, AccessToken> action) {
    entries.forEach(
        entry -> {
          AccessToken token = entry.state().token();
          if (token != null && entry.isWanted()) {
            action.accept(entry.key, token);
          }
        });
  }

  /** Renewals and prefetched keys need none, and a failure that is remembered costs nothing. */
  private static boolean needsAllowance(Entry entry, Instant now) {
    return !entry.isPinned() && entry.state().token() == null && entry.state().isDueAt(now);
  }

  private static boolean isSpent(Entry entry, Instant now) {
    return !entry.state().inFlight()
        && !entry.state().servesAt(now)
        && entry.isIdleSince(now.minus(IDLE));
  }

  /** A refusal that nobody asks about again is left alone: a caller can invent resources. */
  private static boolean isWorthAnExchange(Entry entry) {
    return entry.isPinned() || (entry.isWanted() && entry.state().token() != null);
  }

  private void exchange(Entry entry, boolean byCaller) {
    Instant start = clock.instant();
    entry.started(byCaller);
    ask(entry.key)
        .onComplete(
            token -> exchanged(entry, token, start),
            error -> failed(entry, TokenFailureException.failureOf(error), start));
  }

  private Future<AccessToken> ask(TokenKey key) {
    try {
      return upstream.token(key);
    } catch (Throwable defect) {
      // Whatever it is, the key must not stay in flight for ever.
      return Future.failedFuture(defect);
    }
  }

  private void exchanged(Entry entry, AccessToken token, Instant start) {
    Instant now = clock.instant();
    if (!token.isValidAt(now)) {
      failed(
          entry, new Unavailable("Entra gave a token that has expired", Optional.empty()), start);
      return;
    }
    Instant refreshAt = RefreshPolicy.refreshAt(token, random.nextDouble());
    entry.exchanged(token, refreshAt);
    tell(new CacheEvent.Exchanged(entry.key, token, refreshAt, Duration.between(start, now)));
    entry.answerWaiters();
  }

  private void failed(Entry entry, TokenFailure failure, Instant start) {
    Instant now = clock.instant();
    int failures = entry.state().failures() + 1;
    Instant retryAt = now.plus(FailureBackoff.pause(failure, failures, random.nextDouble()));
    entry.failed(failure, retryAt);
    if (failure instanceof NotAsked && !entry.isPinned() && entry.state().token() == null) {
      limit.giveBack(entry.key);
    }
    tell(
        new CacheEvent.ExchangeFailed(
            entry.key,
            failure,
            Duration.between(start, now),
            retryAt,
            entry.state().servesAt(now)));
    entry.failWaiters(now);
  }

  private static Future<AccessToken> failed(TokenFailure failure) {
    return Future.failedFuture(new TokenFailureException(failure));
  }
}

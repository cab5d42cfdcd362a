package dev.tokenbroker.cache;

import dev.tokenbroker.threads.Timers;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One key in the cache: its state, the callers that wait on its flight, and who last asked. */
final class Entry {

  final TokenKey key;

  private boolean pinned;
  private EntryState state = new EntryState.Empty();
  private Instant lastAsked;

  /** Whether somebody has asked since the cache last renewed the token unasked. */
  private boolean wanted;

  /** Whether the flight under way began without a caller, and nobody has asked since. */
  private boolean unasked;

  private Future<AccessToken> ready = Future.failedFuture("no token yet");

  /** Callers for whom there is no token. */
  private final Waiters waiters = new Waiters();

  /** Callers for whom there is one, but it is about to end. */
  private final Waiters holders = new Waiters();

  /** Whether this flight has delayed those who could have a token for as long as it may. */
  private boolean late;

  Entry(TokenKey key, Instant now) {
    this.key = key;
    this.lastAsked = now;
  }

  EntryState state() {
    return state;
  }

  void pin() {
    pinned = true;
  }

  boolean isPinned() {
    return pinned;
  }

  void asked(Instant now) {
    lastAsked = now;
    wanted = true;
    unasked = false;
  }

  /**
   * Whether the token is worth renewing ahead: clients keep a token until shortly before its end,
   * so each ask, the one that brought the token included, wants one successor; whoever asks no more
   * costs one exchange.
   */
  boolean isWanted() {
    return pinned || wanted;
  }

  boolean isIdleSince(Instant instant) {
    return lastAsked.isBefore(instant);
  }

  /** The held token as a completed future, made once for each token. */
  Future<AccessToken> ready() {
    return ready;
  }

  /**
   * An exchange starts.
   *
   * @param byCaller whether it is a caller's request that needs it
   */
  void started(boolean byCaller) {
    state = state.started();
    unasked = !byCaller;
    late = false;
  }

  void exchanged(AccessToken token, Instant refreshAt) {
    state = state.exchanged(token, refreshAt);
    ready = Future.succeededFuture(token);
    if (unasked) {
      wanted = false;
    }
  }

  void failed(TokenFailure failure, Instant retryAt) {
    state = state.failed(failure, retryAt);
  }

  /** Joins the flight. All who wait share one future; a caller that goes away disturbs nobody. */
  Future<AccessToken> join(Timers timers, Duration deadline) {
    return waiters.join(timers, deadline, () -> giveUpWaiting(deadline));
  }

  /**
   * Whether a caller had better wait for the renewal under way: the token is about to end, and
   * nothing says yet that its successor is not to be had soon.
   */
  boolean isWorthWaitingAt(Instant now) {
    AccessToken token = state.token();
    return state.inFlight()
        && state.failures() == 0
        && !late
        && token != null
        && RefreshPolicy.isEndingAt(token, now);
  }

  /** Joins the renewal for this long; {@code over} says what then happens to those who wait. */
  Future<AccessToken> joinRenewal(Timers timers, Duration patience, Runnable over) {
    return holders.join(timers, patience, over);
  }

  /** The renewal takes too long: the token held will do, if it has not ended meanwhile. */
  void stopDelaying(Instant now, Timers timers, Duration deadline) {
    late = true;
    if (state.servesAt(now)) {
      holders.take().handle(ready);
    } else {
      join(timers, deadline).onComplete(holders.take());
    }
  }

  void answerWaiters() {
    waiters.take().handle(ready);
    holders.take().handle(ready);
  }

  /** Fails the flight's callers, except those for whom there is still a token. */
  void failWaiters(Instant now) {
    Future<AccessToken> failure =
        Future.failedFuture(new TokenFailureException(state.failureAt(now)));
    waiters.take().handle(failure);
    holders.take().handle(state.servesAt(now) ? ready : failure);
  }

  /** The callers give up; the flight goes on, and what it brings is kept. */
  private void giveUpWaiting(Duration deadline) {
    TokenFailure failure =
        new TokenFailure.Unavailable(
            "Entra has not answered within " + deadline.toSeconds() + " s",
            Optional.of(Duration.ofSeconds(1)));
    waiters.take().fail(new TokenFailureException(failure));
  }
}

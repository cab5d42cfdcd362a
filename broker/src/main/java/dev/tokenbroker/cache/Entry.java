package dev.tokenbroker.cache;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key in the cache: its state, the callers that wait on its flight, and who last asked. */
final class Entry {

  final TokenKey key;

  private boolean pinned;
  private EntryState state = new EntryState.Empty();
  private Instant lastAsked;
  private Instant lastExchanged = Instant.MIN;
  private Future<AccessToken> ready = Future.failedFuture("no token yet");
  private @Nullable Promise<AccessToken> waiters;
  private Runnable cancelDeadline = () -> {};

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
  }

  /** Whether anybody has asked since the token came: one that nobody uses is not worth renewing. */
  boolean isWanted() {
    return pinned || !lastAsked.isBefore(lastExchanged);
  }

  boolean isIdleSince(Instant instant) {
    return lastAsked.isBefore(instant);
  }

  /** The held token as a completed future, made once for each token. */
  Future<AccessToken> ready() {
    return ready;
  }

  void started() {
    state = state.started();
  }

  void exchanged(AccessToken token, Instant refreshAt, Instant now) {
    state = state.exchanged(token, refreshAt);
    lastExchanged = now;
    ready = Future.succeededFuture(token);
  }

  void failed(TokenFailure failure, Instant retryAt) {
    state = state.failed(failure, retryAt);
  }

  /** Joins the flight. All who wait share one future; a caller that goes away disturbs nobody. */
  Future<AccessToken> join(Timers timers, Duration deadline) {
    Promise<AccessToken> shared = waiters;
    if (shared == null) {
      shared = Promise.promise();
      waiters = shared;
      cancelDeadline = timers.after(deadline, () -> giveUpWaiting(deadline));
    }
    return shared.future();
  }

  void answerWaiters(AccessToken token) {
    takeWaiters().tryComplete(token);
  }

  void failWaiters(TokenFailure failure) {
    takeWaiters().tryFail(new TokenException(failure));
  }

  /** The callers give up; the flight goes on, and what it brings is kept. */
  private void giveUpWaiting(Duration deadline) {
    failWaiters(
        new TokenFailure.Unavailable(
            "Entra has not answered within " + deadline.toSeconds() + " s",
            Optional.of(Duration.ofSeconds(1))));
  }

  private Promise<AccessToken> takeWaiters() {
    Promise<AccessToken> taken = waiters == null ? Promise.promise() : waiters;
    waiters = null;
    cancelDeadline.run();
    cancelDeadline = () -> {};
    return taken;
  }
}

package dev.tokenbroker.cache;

import dev.tokenbroker.threads.Timers;
import dev.tokenbroker.token.AccessToken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Callers that wait on one flight. They share a future, and the first one sets their deadline. */
final class Waiters {

  private @Nullable Promise<AccessToken> shared;
  private Runnable cancelDeadline = () -> {};

  /**
   * Joins those who wait.
   *
   * @param atDeadline runs if nobody has taken them by then
   */
  Future<AccessToken> join(Timers timers, Duration deadline, Runnable atDeadline) {
    if (shared == null) {
      shared = Promise.promise();
      cancelDeadline = timers.after(deadline, atDeadline);
    }
    return shared.future();
  }

  /** All who wait, to be answered; their deadline is off. Whoever comes next starts anew. */
  Promise<AccessToken> take() {
    Promise<AccessToken> taken = shared == null ? Promise.promise() : shared;
    shared = null;
    cancelDeadline.run();
    cancelDeadline = () -> {};
    return taken;
  }
}

package dev.tokenbroker.threads;

import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs something later, on the event loop. */
@FunctionalInterface
public interface Timers {

  /**
   * Runs the task once after the delay.
   *
   * @return cancels it; does nothing once it has run
   */
  Runnable after(Duration delay, Runnable task);

  /** The timers of Vert.x; a task runs on the context that it was set on. */
  static Timers of(Vertx vertx) {
    return (delay, task) -> {
      long id = vertx.setTimer(delay.toMillis(), timer -> task.run());
      return () -> vertx.cancelTimer(id);
    };
  }
}

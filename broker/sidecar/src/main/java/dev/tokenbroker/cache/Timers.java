package dev.tokenbroker.cache;

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
}

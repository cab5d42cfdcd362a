package dev.tokenbroker.threads;

import java.time.Duration;

/** The task began, and had not ended by its deadline; its thread is left behind. */
public final class StuckException extends Exception {

  private final Duration after;

  StuckException(Duration after) {
    super("not ended after " + after.toSeconds() + " s", null, false, false);
    this.after = after;
  }

  /** When it was given up, counted from when it was asked for. */
  public Duration after() {
    return after;
  }
}

package dev.tokenbroker.threads;

/** Nothing was begun: too much is waiting, no thread is to be had, or the workers are closed. */
public final class NotRunException extends Exception {

  private final boolean closed;

  NotRunException(boolean closed) {
    super(closed ? "closed" : "too much is waiting", null, false, false);
    this.closed = closed;
  }

  /** Whether the workers are closed, so that asking again does not help. */
  public boolean isClosed() {
    return closed;
  }
}

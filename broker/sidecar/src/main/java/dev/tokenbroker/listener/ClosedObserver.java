package dev.tokenbroker.listener;

/** Hears of each connection that a listener closes. */
@FunctionalInterface
public interface ClosedObserver {

  /** One was closed; on the event loop. */
  void closed(String listener, Closed why);
}

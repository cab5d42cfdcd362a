package dev.tokenbroker.listener;

/** Is told of each connection that a listener closes. */
@FunctionalInterface
public interface CloseObserver {

  /** One was closed; on the event loop. */
  void closed(String listener, CloseReason why);
}

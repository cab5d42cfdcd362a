package dev.tokenbroker.endpoint;

/** Is told of every finished request, on the event loop: it must return at once and never throw. */
@FunctionalInterface
public interface RequestObserver {

  /**
   * One request is over.
   *
   * @param dialect which dialect it spoke: one of a handful of constants, {@code none} if the
   *     request never reached one
   * @param outcome how it ended
   * @param status the HTTP status sent, or 0 if nothing was sent because the caller had gone
   */
  void finished(String dialect, RequestOutcome outcome, int status);

  /**
   * A request named an identity under a name that no endpoint knows.
   *
   * @param spelling the name as the caller wrote it: short, but its choice
   */
  default void unknownSelector(String spelling) {}
}

package dev.tokenbroker.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** At most one flight a question; whoever asks meanwhile comes aboard. */
final class SingleFlight {

  private final Map<Ask, CompletableFuture<Token>> underWay = new ConcurrentHashMap<>();

  /** A future of the caller's own: cancelling it takes nobody else's token away. */
  CompletableFuture<Token> join(Ask ask, Supplier<CompletableFuture<Token>> start) {
    CompletableFuture<Token> mine = new CompletableFuture<>();
    CompletableFuture<Token> theirs = underWay.putIfAbsent(ask, mine);
    if (theirs != null) {
      return theirs.copy();
    }
    try {
      var unused = start.get().whenComplete((token, failure) -> land(ask, mine, token, failure));
    } catch (RuntimeException | Error defect) {
      underWay.remove(ask, mine);
      mine.completeExceptionally(defect);
    }
    return mine.copy();
  }

  private void land(Ask ask, CompletableFuture<Token> flight, Token token, Throwable failure) {
    underWay.remove(ask, flight);
    if (failure == null) {
      flight.complete(token);
    } else {
      flight.completeExceptionally(Failures.cause(failure));
    }
  }
}

package dev.tokenbroker.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** From the failures of futures to those of the caller. */
final class Failures {

  private Failures() {}

  /** What a chain of futures has wrapped up. */
  static Throwable cause(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  /** Waits. An interrupted caller gets its flag back and an Unavailable. */
  static Token await(CompletableFuture<Token> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenException.Unavailable("Interrupted while waiting for a token", null, e);
    } catch (ExecutionException e) {
      throw unchecked(cause(e.getCause() == null ? e : e.getCause()));
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new TokenException.Unavailable("The client failed: " + failure, null, failure);
  }
}

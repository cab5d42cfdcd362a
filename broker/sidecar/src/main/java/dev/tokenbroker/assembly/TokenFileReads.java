package dev.tokenbroker.assembly;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.threads.StuckException;
import dev.tokenbroker.threads.Workers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the federated token file off the event loop, for those who want its claims only. A volume
 * that hangs costs them a failure after ten seconds, and the broker a few threads.
 */
final class TokenFileReads implements AutoCloseable {

  private static final Workers.Limits LIMITS = new Workers.Limits(1, 64, 2, Duration.ofSeconds(5));

  private final Workers workers;
  private final FederatedTokenFile file;

  TokenFileReads(Vertx vertx, Context context, FederatedTokenFile file) {
    this.workers = Workers.on(vertx, context, "token-file", LIMITS);
    this.file = file;
  }

  /** The claims of the token in the file now; a failure says why there are none. */
  Future<FederatedClaims> claims() {
    return workers
        .run(() -> file.read().claims())
        .recover(
            failure -> Future.failedFuture(failure instanceof StuckException ? hangs() : failure));
  }

  /** How many threads have not come back from the file. */
  int stuckThreads() {
    return workers.stuck();
  }

  /** Why the file is no longer read as it should be. */
  Optional<String> obstacle() {
    return workers.obstacle();
  }

  private static IOException hangs() {
    return new IOException("The federated token file is not read to its end: its volume hangs");
  }

  @Override
  public void close() {
    workers.close();
  }
}

package dev.tokenbroker.endpoint;

import dev.tokenbroker.endpoint.SocketTable.SocketPair;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the users behind connections, off the event loop. One reading of the table at a time
 * answers everybody who was waiting when it began: a user who fills the table and opens many
 * connections delays others by two readings at most. Confined to the event loop.
 */
final class SocketUsers {

  private final WorkerExecutor worker;
  private final SocketTable table;
  private Map<SocketPair, Promise<Set<Long>>> waiting = new HashMap<>();
  private boolean reading;

  /**
   * Its thread is its own: a token file on a hung mount, which others wait for, must not stop it.
   */
  SocketUsers(Vertx vertx, SocketTable table) {
    this.worker = vertx.createSharedWorkerExecutor("socket-table", 1);
    this.table = table;
  }

  /**
   * The users whose sockets can be the client's end; empty if there is none.
   *
   * @return fails with an {@link java.io.IOException} if the table cannot be read
   */
  Future<Set<Long>> of(SocketPair pair) {
    Future<Set<Long>> users = waiting.computeIfAbsent(pair, any -> Promise.promise()).future();
    if (!reading) {
      read();
    }
    return users;
  }

  private void read() {
    Map<SocketPair, Promise<Set<Long>>> batch = waiting;
    waiting = new HashMap<>();
    reading = true;
    worker
        .executeBlocking(() -> table.usersOf(batch.keySet()), false)
        .onComplete(read -> answer(batch, read));
  }

  private void answer(
      Map<SocketPair, Promise<Set<Long>>> batch, AsyncResult<Map<SocketPair, Set<Long>>> read) {
    reading = false;
    if (!waiting.isEmpty()) {
      read();
    }
    batch.forEach(
        (pair, promise) -> {
          if (read.succeeded()) {
            promise.complete(read.result().getOrDefault(pair, Set.of()));
          } else {
            promise.fail(read.cause());
          }
        });
  }
}

package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The open connections, bounded in number and in patience: descriptors and memory are shared by the
 * pod. One connection too many is closed at once; {@link #sweep} closes those whose peer does not
 * come up with a request.
 */
final class Connections {

  private final IdentityHashMap<HttpConnection, Arrival> open = new IdentityHashMap<>();
  private final int max;
  private final Clock clock;

  Connections(int max, Clock clock) {
    this.max = max;
    this.clock = clock;
  }

  void accept(HttpConnection connection) {
    if (open.size() >= max) {
      connection.close();
      return;
    }
    open.put(connection, new Arrival(clock.instant()));
    connection.closeHandler(closed -> open.remove(connection));
  }

  /** The head of a request has come. */
  void received(HttpServerRequest request) {
    Arrival arrival = open.get(request.connection());
    if (arrival != null) {
      arrival.head(request, clock);
    }
  }

  /** Closes what is overdue. Call it every few seconds. */
  void sweep() {
    Instant now = clock.instant();
    List<HttpConnection> overdue =
        open.entrySet().stream()
            .filter(each -> each.getValue().isOverdueAt(now))
            .map(Map.Entry::getKey)
            .toList();
    overdue.forEach(HttpConnection::close);
  }
}

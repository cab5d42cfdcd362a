package dev.tokenbroker.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The open connections of one listener, and their budget. When it is used up, the newest is not
 * turned away: the peer with the most connections loses the one that has been idle the longest, and
 * whoever has sent the most of an unfinished request loses that. Only requests that have arrived
 * and wait for their answers keep their places, and they may not take all. Confined to the event
 * loop.
 */
final class ConnectionLimiter {

  private static final byte[] TOO_MANY_LINES = tooManyLines();

  private final ListenerLimits bounds;
  private final Clock clock;
  private final CloseLog closed;
  private final Rejection.Handler rejections;
  private final Set<TrackedConnection> open = new LinkedHashSet<>();
  private final Map<Object, Integer> byPeer = new HashMap<>();
  private final Set<TrackedConnection> waiting = new LinkedHashSet<>();
  private long bytes;
  private long uses;

  ConnectionLimiter(
      ListenerLimits bounds, Clock clock, CloseLog closed, Rejection.Handler rejections) {
    this.bounds = bounds;
    this.clock = clock;
    this.closed = closed;
    this.rejections = rejections;
  }

  /** Whether this connection, accepted just now, may stay. */
  boolean admit(Channel channel) {
    if (isFull(bounds.connectionBytes())) {
      releaseAnswered();
      while (isFull(bounds.connectionBytes())) {
        Optional<TrackedConnection> victim = victim();
        if (victim.isEmpty()) {
          closed.closed(CloseReason.FULL);
          return false;
        }
        close(victim.get(), CloseReason.EVICTED);
      }
    }
    TrackedConnection connection = new TrackedConnection(channel, clock.instant());
    connection.lastUse = ++uses;
    connection.bytes = bounds.connectionBytes();
    bytes += connection.bytes;
    channel.attr(TrackedConnection.KEY).set(connection);
    open.add(connection);
    byPeer.merge(connection.peer, 1, Integer::sum);
    channel.closeFuture().addListener(gone -> remove(connection));
    return true;
  }

  private boolean isFull(long more) {
    return open.size() >= bounds.connections() || bytes + more > bounds.heapBytes();
  }

  /** Who takes far more than a connection needs goes first, if it is memory that is short. */
  private Optional<TrackedConnection> victim() {
    return open.size() >= bounds.connections()
        ? longestIdle()
        : largest(open, each -> !each.isWaiting() && each.bytes > 2L * bounds.connectionBytes())
            .or(this::longestIdle);
  }

  private void remove(TrackedConnection connection) {
    if (open.remove(connection)) {
      connection.gone = true;
      waiting.remove(connection);
      bytes -= connection.bytes;
      byPeer.computeIfPresent(connection.peer, (peer, count) -> count == 1 ? null : count - 1);
    }
  }

  private void close(TrackedConnection connection, CloseReason why) {
    remove(connection);
    closed.closed(why);
    closeChannel(connection);
  }

  private static void closeChannel(TrackedConnection connection) {
    var unused = connection.channel.close();
  }

  /** Idle the longest, of the peer with the most connections; the half-sent come after the idle. */
  private Optional<TrackedConnection> longestIdle() {
    TrackedConnection found = null;
    long rank = Long.MIN_VALUE;
    for (TrackedConnection each : open) {
      if (!each.isWaiting()) {
        long most = byPeer.getOrDefault(each.peer, 0);
        long ranked = most * 2 + (each.isArriving() ? 0 : 1);
        if (found == null || ranked > rank || (ranked == rank && each.lastUse < found.lastUse)) {
          found = each;
          rank = ranked;
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** The largest of these; the latest of several that are as large. */
  private static Optional<TrackedConnection> largest(
      Set<TrackedConnection> connections, Predicate<TrackedConnection> which) {
    TrackedConnection found = null;
    for (TrackedConnection each : connections) {
      if (which.test(each) && (found == null || each.bytes >= found.bytes)) {
        found = each;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Something was read that is now held for this connection. */
  void arrived(TrackedConnection connection, long more) {
    charge(connection, more);
    if (bytes > bounds.heapBytes()) {
      releaseAnswered();
      while (bytes > bounds.heapBytes()) {
        Optional<TrackedConnection> victim = largest(open, each -> !each.isWaiting());
        if (victim.isEmpty()) {
          return;
        }
        close(victim.get(), CloseReason.EVICTED);
      }
    }
  }

  private void charge(TrackedConnection connection, long more) {
    if (!connection.gone) {
      connection.bytes += more;
      bytes += more;
    }
  }

  /** Nothing of this connection waits, and so much of a next request has come. */
  void settle(TrackedConnection connection, long left) {
    charge(connection, bounds.connectionBytes() + left - connection.bytes);
  }

  /** A head has come; whether it may be handled. */
  boolean head(TrackedConnection connection, HttpServerRequest request) {
    connection.head(request, ++uses);
    if (connection.hadTooManyLines()) {
      closed.closed(CloseReason.OVERSIZED);
      rejections.reject(request, Rejection.TOO_MANY_HEADERS);
      return false;
    }
    return true;
  }

  /** The request was handled, and has no answer yet. */
  void awaitResponse(TrackedConnection connection, HttpServerRequest request) {
    long cost = connection.isMetered() ? 0 : ListenerLimits.STREAM_BYTES;
    connection.awaitResponse(request, cost, clock.instant());
    waiting.add(connection);
    charge(connection, cost);
    request.response().endHandler(answered -> answered(connection));
    if (tooManyWait()) {
      releaseAnswered();
      shed();
    }
  }

  private long waitingBytes() {
    long sum = 0;
    for (TrackedConnection each : waiting) {
      sum += each.bytes;
    }
    return sum;
  }

  private boolean tooManyWait() {
    return waiting.size() > bounds.waiting()
        || (bytes > bounds.waitingBytes() && waitingBytes() > bounds.waitingBytes());
  }

  private void shed() {
    while (tooManyWait()) {
      Optional<TrackedConnection> victim = largest(waiting, TrackedConnection::isWaiting);
      HttpServerRequest request = victim.map(TrackedConnection::waiting).orElse(null);
      if (request == null) {
        return;
      }
      waiting.remove(victim.get());
      closed.closed(CloseReason.BUSY);
      rejections.reject(request, Rejection.TOO_MANY_WAIT);
    }
  }

  /** More of this request's body is held. */
  void holds(TrackedConnection connection, HttpServerRequest request, long more) {
    if (!connection.isMetered()) {
      connection.holds(request, more);
      arrived(connection, more);
    }
  }

  private void answered(TrackedConnection connection) {
    charge(connection, -connection.forgetAnswered());
    if (!connection.isPending()) {
      waiting.remove(connection);
      connection.settle(this);
    }
  }

  private void releaseAnswered() {
    new ArrayList<>(waiting).forEach(this::answered);
  }

  /** A head that has not ended has more lines than anybody needs. */
  void rejectTooManyLines(TrackedConnection connection) {
    if (!connection.gone) {
      remove(connection);
      closed.closed(CloseReason.OVERSIZED);
      connection
          .channel
          .pipeline()
          .context(RequestHeadCounter.class)
          .writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY_LINES))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes what is overdue. Call it every few seconds. */
  void sweep() {
    Instant now = clock.instant();
    releaseAnswered();
    open.stream().filter(each -> !each.isPending()).forEach(each -> each.settle(this));
    List<TrackedConnection> overdue = open.stream().filter(each -> each.isOverdueAt(now)).toList();
    overdue.forEach(each -> close(each, CloseReason.LATE));
    closed.tell(now);
  }

  /** Closes those on which nothing waits; with nothing half-sent either, or regardless of that. */
  void closeIdle(boolean alsoArriving) {
    releaseAnswered();
    List<TrackedConnection> idle =
        open.stream()
            .filter(each -> !each.isWaiting() && (alsoArriving || !each.isArriving()))
            .toList();
    idle.forEach(ConnectionLimiter::closeChannel);
  }

  void closeAll() {
    List.copyOf(open).forEach(ConnectionLimiter::closeChannel);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /**
   * For who has not sent a whole head, so that no request is there that an endpoint could answer.
   */
  private static byte[] tooManyLines() {
    String body =
        "{\"error\":\"invalid_request\",\"error_description\":\""
            + Rejection.TOO_MANY_HEADERS.text()
            + "\",\"statusCode\":431}";
    return ("HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: application/json\r\n"
            + "Cache-Control: no-store\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}

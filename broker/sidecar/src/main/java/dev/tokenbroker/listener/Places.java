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
final class Places {

  private final Bounds bounds;
  private final Clock clock;
  private final ClosedLog closed;
  private final Refuser refuser;
  private final Set<Place> open = new LinkedHashSet<>();
  private final Map<Object, Integer> byPeer = new HashMap<>();
  private final Set<Place> waiting = new LinkedHashSet<>();
  private long bytes;
  private long uses;

  Places(Bounds bounds, Clock clock, ClosedLog closed, Refuser refuser) {
    this.bounds = bounds;
    this.clock = clock;
    this.closed = closed;
    this.refuser = refuser;
  }

  /** Whether this connection, accepted just now, may stay. */
  boolean admit(Channel channel) {
    if (isFull(bounds.connectionBytes())) {
      settleWaiting();
      while (isFull(bounds.connectionBytes())) {
        Optional<Place> victim = victim();
        if (victim.isEmpty()) {
          closed.closed(Closed.FULL);
          return false;
        }
        close(victim.get(), Closed.EVICTED);
      }
    }
    Place place = new Place(channel, Peer.of(channel.remoteAddress()), clock.instant());
    place.lastUse = ++uses;
    place.bytes = bounds.connectionBytes();
    bytes += place.bytes;
    channel.attr(Place.KEY).set(place);
    open.add(place);
    byPeer.merge(place.peer, 1, Integer::sum);
    channel.closeFuture().addListener(gone -> leave(place));
    return true;
  }

  private boolean isFull(long more) {
    return open.size() >= bounds.connections() || bytes + more > bounds.heapBytes();
  }

  /** Who takes far more than a connection needs goes first, if it is memory that is short. */
  private Optional<Place> victim() {
    return open.size() >= bounds.connections()
        ? idlest()
        : largest(open, each -> !each.isWaiting() && each.bytes > 2L * bounds.connectionBytes())
            .or(this::idlest);
  }

  private void leave(Place place) {
    if (open.remove(place)) {
      place.gone = true;
      waiting.remove(place);
      bytes -= place.bytes;
      byPeer.computeIfPresent(place.peer, (peer, count) -> count == 1 ? null : count - 1);
    }
  }

  private void close(Place place, Closed why) {
    leave(place);
    closed.closed(why);
    shut(place);
  }

  private static void shut(Place place) {
    var unused = place.channel.close();
  }

  /** Idle the longest, of the peer with the most connections; the half-sent come after the idle. */
  private Optional<Place> idlest() {
    Place found = null;
    long rank = Long.MIN_VALUE;
    for (Place each : open) {
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
  private static Optional<Place> largest(Set<Place> places, Predicate<Place> which) {
    Place found = null;
    for (Place each : places) {
      if (which.test(each) && (found == null || each.bytes >= found.bytes)) {
        found = each;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Something was read that is now held for this connection. */
  void arrived(Place place, long more) {
    charge(place, more);
    if (bytes > bounds.heapBytes()) {
      settleWaiting();
      while (bytes > bounds.heapBytes()) {
        Optional<Place> victim = largest(open, each -> !each.isWaiting());
        if (victim.isEmpty()) {
          return;
        }
        close(victim.get(), Closed.EVICTED);
      }
    }
  }

  private void charge(Place place, long more) {
    if (!place.gone) {
      place.bytes += more;
      bytes += more;
    }
  }

  /** Nothing of this connection waits, and so much of a next request has come. */
  void settle(Place place, long left) {
    charge(place, bounds.connectionBytes() + left - place.bytes);
  }

  /** A head has come; whether it may be handled. */
  boolean head(Place place, HttpServerRequest request) {
    place.head(request, ++uses);
    if (place.hadTooManyLines()) {
      closed.closed(Closed.OVERSIZED);
      refuser.refuse(request, Misfit.TOO_MANY_HEADERS);
      return false;
    }
    return true;
  }

  /** The request was handled, and has no answer yet. */
  void awaits(Place place, HttpServerRequest request) {
    long cost = place.isMetered() ? 0 : Bounds.STREAM_BYTES;
    place.awaits(request, cost, clock.instant());
    waiting.add(place);
    charge(place, cost);
    request.response().endHandler(answered -> answered(place));
    if (tooManyWait()) {
      settleWaiting();
      shed();
    }
  }

  private long waitingBytes() {
    long sum = 0;
    for (Place each : waiting) {
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
      Optional<Place> victim = largest(waiting, Place::isWaiting);
      HttpServerRequest request = victim.map(Place::waiting).orElse(null);
      if (request == null) {
        return;
      }
      waiting.remove(victim.get());
      closed.closed(Closed.BUSY);
      refuser.refuse(request, Misfit.TOO_MANY_WAIT);
    }
  }

  /** More of this request's body is held. */
  void holds(Place place, HttpServerRequest request, long more) {
    if (!place.isMetered()) {
      place.holds(request, more);
      arrived(place, more);
    }
  }

  private void answered(Place place) {
    charge(place, -place.forgetAnswered());
    if (!place.isPending()) {
      waiting.remove(place);
      place.settle(this);
    }
  }

  private void settleWaiting() {
    new ArrayList<>(waiting).forEach(this::answered);
  }

  /** A head that has not ended has more lines than anybody needs. */
  void refuseLines(Place place) {
    if (!place.gone) {
      leave(place);
      closed.closed(Closed.OVERSIZED);
      place
          .channel
          .pipeline()
          .context(HeadMeter.class)
          .writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY_LINES))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes what is overdue. Call it every few seconds. */
  void sweep() {
    Instant now = clock.instant();
    settleWaiting();
    open.stream().filter(each -> !each.isPending()).forEach(each -> each.settle(this));
    List<Place> overdue = open.stream().filter(each -> each.isOverdueAt(now)).toList();
    overdue.forEach(each -> close(each, Closed.LATE));
    closed.tell(now);
  }

  /** Closes those on which nothing waits; with nothing half-sent either, or regardless of that. */
  void closeIdle(boolean alsoArriving) {
    settleWaiting();
    List<Place> idle =
        open.stream()
            .filter(each -> !each.isWaiting() && (alsoArriving || !each.isArriving()))
            .toList();
    idle.forEach(Places::shut);
  }

  void closeAll() {
    List.copyOf(open).forEach(Places::shut);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  private static final byte[] TOO_MANY_LINES = refusalOfLines();

  /**
   * For who has not sent a whole head, so that no request is there that an endpoint could answer.
   */
  private static byte[] refusalOfLines() {
    String body =
        "{\"error\":\"invalid_request\",\"error_description\":\""
            + Misfit.TOO_MANY_HEADERS.text()
            + "\",\"statusCode\":431}";
    return ("HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: application/json\r\n"
            + "Cache-Control: no-store\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}

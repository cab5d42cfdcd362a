package dev.tokenbroker.listener;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open connection: whose it is, what it takes, and by when its peer must have sent its next
 * request, to the last byte. An idle timeout alone is no bound: a byte now and then would hold the
 * connection for ever.
 */
final class TrackedConnection {

  static final AttributeKey<TrackedConnection> KEY =
      AttributeKey.valueOf(TrackedConnection.class, "tracked");

  /**
   * From the connection, or a request's first byte, to the end of its head; the same for a body.
   */
  static final Duration IN_ONE_GO = Duration.ofSeconds(10);

  /** From an answer to the next request: an app may keep its connection for so long. */
  static final Duration KEPT = Duration.ofSeconds(75);

  private static final Object LOOPBACK = "loopback";
  private static final Object UNKNOWN = "unknown";

  /** Of IPv6, a host has its whole /64 to call from. */
  private static final int PREFIX_BYTES = 8;

  final Channel channel;

  /** Equal for connections of the same host. */
  final Object peer;

  /** What it takes of the budget now. */
  long bytes;

  /** Closed, or about to be: it takes nothing of the budget any more. */
  boolean gone;

  /** Grows with each use: who has the smallest has been idle the longest. */
  long lastUse;

  private final List<Pending> pending = new ArrayList<>(0);
  private @Nullable RequestHeadCounter meter;
  private @Nullable HttpServerRequest latest;
  private int heads;
  private boolean used;
  private boolean inHead;
  private Instant deadline;

  /** A request that is not answered yet, and what its body takes beside what a meter counts. */
  private static final class Pending {
    final HttpServerRequest request;
    final boolean hasBody;
    long bytes;

    Pending(HttpServerRequest request, long bytes) {
      this.request = request;
      this.hasBody = hasBody(request);
      this.bytes = bytes;
    }

    boolean isWaiting() {
      return !(hasBody && !request.isEnded()) && !request.response().ended();
    }
  }

  TrackedConnection(Channel channel, Instant connected) {
    this.channel = channel;
    this.peer = peerOf(channel.remoteAddress());
    deadline = connected.plus(IN_ONE_GO);
  }

  void measuredBy(RequestHeadCounter newMeter) {
    meter = newMeter;
  }

  boolean isMetered() {
    return meter != null;
  }

  /** A head has come; nearly always it is answered before anybody asks for more. */
  void head(HttpServerRequest request, long use) {
    latest = request;
    lastUse = use;
    used = true;
    heads++;
  }

  /** Nothing waits: gives back what was held, but for what may be queued in the decoder yet. */
  void settle(ConnectionLimiter limiter) {
    RequestHeadCounter known = meter;
    if (known != null && known.heads() <= heads) {
      limiter.settle(this, known.unfinished());
    }
  }

  int heads() {
    return heads;
  }

  boolean hadTooManyLines() {
    RequestHeadCounter known = meter;
    return known != null && known.hadTooManyLines();
  }

  /** The request was not answered at once. */
  void awaitResponse(HttpServerRequest request, long cost, Instant now) {
    Pending entry = new Pending(request, cost);
    pending.add(entry);
    if (entry.hasBody) {
      deadline = now.plus(IN_ONE_GO);
    }
  }

  /** More of this request has come, which no meter counts. */
  void holds(HttpServerRequest request, long more) {
    for (Pending each : pending) {
      if (each.request == request) {
        each.bytes += more;
      }
    }
  }

  /** Forgets what is answered, and tells how much of the budget that gives back. */
  long forgetAnswered() {
    long freed = 0;
    for (int i = pending.size() - 1; i >= 0; i--) {
      Pending each = pending.get(i);
      if (each.request.response().ended() || each.request.response().closed()) {
        freed += each.bytes;
        pending.remove(i);
      }
    }
    return freed;
  }

  /** Whether something that has come is not answered. */
  boolean isPending() {
    HttpServerRequest current = latest;
    return !pending.isEmpty()
        || (current != null && !(current.isEnded() && current.response().ended()));
  }

  /** Whether a body is under way on a connection that carries one request at a time. */
  boolean isBodyArriving() {
    HttpServerRequest current = latest;
    return current != null && !current.isEnded();
  }

  /**
   * Whether a request has come to its end and has no answer: then it is nobody's fault but ours.
   */
  boolean isWaiting() {
    for (Pending each : pending) {
      if (each.isWaiting()) {
        return true;
      }
    }
    return false;
  }

  /** The one that waits; the latest of several. */
  @Nullable HttpServerRequest waiting() {
    for (int i = pending.size() - 1; i >= 0; i--) {
      if (pending.get(i).isWaiting()) {
        return pending.get(i).request;
      }
    }
    return null;
  }

  /** Whether part of a request has come, and part has not. */
  boolean isArriving() {
    RequestHeadCounter known = meter;
    return isPending() || (known != null && known.isInHead());
  }

  /** Whether the latest request had one. */
  boolean hadBody() {
    HttpServerRequest current = latest;
    return current != null && hasBody(current);
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  /** Looks, every few seconds, whether the peer is too slow. */
  boolean isOverdueAt(Instant now) {
    if (isWaiting()) {
      return false;
    }
    if (used && !isPending()) {
      used = false;
      inHead = false;
      deadline = now.plus(KEPT);
      return false;
    }
    RequestHeadCounter known = meter;
    if (known != null && known.isInHead() && !inHead) {
      inHead = true;
      Instant soon = now.plus(IN_ONE_GO);
      deadline = soon.isBefore(deadline) ? soon : deadline;
    }
    return !now.isBefore(deadline);
  }

  private static Object peerOf(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return UNKNOWN;
    }
    InetAddress ip = inet.getAddress();
    if (ip.isLoopbackAddress()) {
      // All of 127.0.0.0/8, or an app would be 16 million peers.
      return LOOPBACK;
    }
    return ip instanceof Inet6Address
        ? Arrays.hashCode(Arrays.copyOf(ip.getAddress(), PREFIX_BYTES))
        : ip;
  }
}

package dev.tokenbroker.endpoint;

import dev.tokenbroker.endpoint.SocketTable.SocketPair;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Lets only some users of the pod ask. The user is looked up once for each connection, off the
 * event loop; whoever cannot be told is error. Containers of a pod that run as the same user, and
 * processes that may become any user, are not kept apart by this.
 */
public final class CallerUidFilter implements Handler<HttpServerRequest> {

  private static final Optional<ErrorResponse> PASS = Optional.empty();
  private static final ErrorResponse UNKNOWN =
      errorResponse("Which user opened this connection cannot be told, so it is refused");

  private final Set<Long> allowed;
  private final Handler<HttpServerRequest> next;
  private final ResponseWriter responses;
  private final SocketUsers sockets;
  private final PolicyLog log = new PolicyLog();

  /** Confined to the event loop; a connection that is gone leaves by itself. */
  private final Map<HttpConnection, Future<Optional<ErrorResponse>>> verdicts = new WeakHashMap<>();

  private CallerUidFilter(
      Vertx vertx, Set<Long> allowed, Handler<HttpServerRequest> next, ResponseWriter responses) {
    this.sockets = new SocketUsers(vertx, new SocketTable());
    this.allowed = Set.copyOf(allowed);
    this.next = next;
    this.responses = responses;
  }

  /**
   * Puts the filter before a handler.
   *
   * @param allowed the only users that may ask; empty if every user of the pod may: then there is
   *     no filter
   */
  public static Handler<HttpServerRequest> before(
      Handler<HttpServerRequest> next,
      Vertx vertx,
      Optional<Set<Long>> allowed,
      ResponseWriter responses) {
    return allowed
        .<Handler<HttpServerRequest>>map(uids -> new CallerUidFilter(vertx, uids, next, responses))
        .orElse(next);
  }

  @Override
  public void handle(HttpServerRequest request) {
    Future<Optional<ErrorResponse>> verdict =
        verdicts.computeIfAbsent(request.connection(), this::verdictOn);
    if (verdict.succeeded()) {
      proceed(request, verdict.result());
      return;
    }
    // What comes of its body meanwhile must wait for whoever reads it.
    request.pause();
    verdict.onSuccess(
        error -> {
          proceed(request, error);
          request.resume();
        });
  }

  private void proceed(HttpServerRequest request, Optional<ErrorResponse> error) {
    if (error.isPresent()) {
      responses.errorAndClose(request, error.get());
    } else {
      next.handle(request);
    }
  }

  private Future<Optional<ErrorResponse>> verdictOn(HttpConnection connection) {
    return pair(connection)
        .compose(sockets::of)
        .map(this::verdictOn)
        .otherwise(
            unreadable -> {
              log.refused("Callers are refused: " + unreadable.getMessage());
              return Optional.of(UNKNOWN);
            });
  }

  private Optional<ErrorResponse> verdictOn(Set<Long> users) {
    if (users.isEmpty()) {
      return Optional.of(UNKNOWN);
    }
    for (Long user : users) {
      if (!allowed.contains(user)) {
        log.refused("User " + user + " is refused: not in BROKER_ALLOWED_UIDS");
        return Optional.of(errorResponse("User " + user + " of this pod may not ask for tokens"));
      }
    }
    return PASS;
  }

  private static Future<SocketPair> pair(HttpConnection connection) {
    try {
      return Future.succeededFuture(
          new SocketPair(inet(connection.remoteAddress()), inet(connection.localAddress())));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  /** A literal: no name is looked up. An IPv4-mapped IPv6 address comes out as IPv4. */
  private static InetSocketAddress inet(SocketAddress address) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address.hostAddress()), address.port());
  }

  private static ErrorResponse errorResponse(String description) {
    return ErrorResponse.of(403, RequestOutcome.FORBIDDEN, "access_denied", description);
  }
}

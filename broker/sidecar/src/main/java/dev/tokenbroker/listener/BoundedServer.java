package dev.tokenbroker.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP server that no caller can make large: what each listener stands on. */
public final class BoundedServer {

  /** How often overdue requests are looked for. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  /** Beside the deadlines, for peers that the kernel has lost. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  /**
   * At the end, what has begun to arrive has so long to arrive; less, if its deadline is nearer.
   */
  private static final Duration LAST_ARRIVALS = Duration.ofSeconds(2);

  private static final Duration DRAIN_STEP = Duration.ofMillis(20);
  private static final int STREAMS = 32;
  private static final int HEADER_LIST_BYTES = 4 * 1024;

  private final Vertx vertx;
  private final HttpServer server;
  private final ConnectionLimiter limiter;
  private final Handler<HttpServerRequest> requests;
  private @Nullable AcceptHandler acceptHandler;

  /**
   * Builds the server; {@link #start} opens it.
   *
   * @param vertx whose transport is a {@link OneLoopTransport}
   * @param options of TLS, if there is any
   * @param bounds how large it may become
   * @param clock for how long a request may take to arrive
   * @param requests answers those that have a valid head
   * @param rejections answers the others, in the endpoint's form, and closes
   * @param observer hears of each connection that is closed for the bounds' sake
   */
  public BoundedServer(
      Vertx vertx,
      HttpServerOptions options,
      ListenerLimits bounds,
      Clock clock,
      Handler<HttpServerRequest> requests,
      Rejection.Handler rejections,
      CloseObserver observer) {
    this.vertx = vertx;
    this.requests = requests;
    this.limiter =
        new ConnectionLimiter(bounds, clock, new CloseLog(bounds.name(), observer), rejections);
    this.server =
        vertx
            .createHttpServer(
                options
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true)
                    .setMaxInitialLineLength(ListenerLimits.MAX_REQUEST_LINE_BYTES)
                    .setMaxHeaderSize(ListenerLimits.MAX_HEADER_BYTES)
                    .setInitialSettings(
                        new Http2Settings()
                            .setMaxConcurrentStreams(STREAMS)
                            .setMaxHeaderListSize(HEADER_LIST_BYTES))
                    .setIdleTimeout((int) IDLE.toSeconds())
                    .setIdleTimeoutUnit(TimeUnit.SECONDS))
            .connectionHandler(this::connected)
            .invalidRequestHandler(request -> rejections.reject(request, Rejection.of(request)))
            .requestHandler(this::handle);
  }

  /** Opens it and tells the port it got; fails if the address cannot be had. */
  public Future<Integer> start(String host, int port) {
    OneLoopTransport transport = (OneLoopTransport) ((VertxInternal) vertx).transport();
    return server
        .listen(port, host)
        .map(
            listening -> {
              AcceptHandler bound = transport.claim(listening.actualPort());
              acceptHandler = bound;
              vertx.setPeriodic(SWEEP.toMillis(), id -> limiter.sweep());
              bound.open(limiter);
              return listening.actualPort();
            });
  }

  /** The port, also when the system chose it. */
  public int port() {
    return server.actualPort();
  }

  /** Another certificate, from the next connection on. */
  public Future<Boolean> updateSslOptions(ServerSSLOptions options) {
    return server.updateSSLOptions(options);
  }

  /** So many bytes more of this request's body are kept until it is answered. */
  public void holds(HttpServerRequest request, int more) {
    TrackedConnection connection = tracked(request.connection());
    if (connection != null) {
      limiter.holds(connection, request, more);
    }
  }

  private void connected(HttpConnection connection) {
    TrackedConnection tracked = tracked(connection);
    ChannelPipeline pipeline = channelOf(connection).pipeline();
    if (tracked != null && pipeline.get("httpDecoder") != null) {
      RequestHeadCounter meter = new RequestHeadCounter(tracked, limiter);
      tracked.measuredBy(meter);
      pipeline.addBefore("httpDecoder", "meter", meter);
    }
  }

  private static Channel channelOf(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  private static @Nullable TrackedConnection tracked(HttpConnection connection) {
    return channelOf(connection).attr(TrackedConnection.KEY).get();
  }

  private void handle(HttpServerRequest request) {
    TrackedConnection connection = tracked(request.connection());
    if (connection == null) {
      requests.handle(request);
    } else if (limiter.head(connection, request)) {
      requests.handle(request);
      if (!request.response().ended()) {
        limiter.awaitResponse(connection, request);
      }
    }
  }

  /**
   * Stops listening, answers what has arrived or arrives within the grace, lets what waits be
   * answered, and closes.
   *
   * @param grace how long connections that are open stay open, so that what is on its way already
   *     is not lost
   * @param atMost what is still open after this long is cut off
   */
  public Future<Void> drain(Duration grace, Duration atMost) {
    Promise<Void> drained = Promise.promise();
    AcceptHandler listening = acceptHandler;
    if (listening == null) {
      return server.close();
    }
    vertx.runOnContext(
        now -> {
          listening.acceptAll();
          // Sockets are looked at before timers: at the first timer, all that came is accepted.
          after(
              Duration.ofMillis(1),
              () -> {
                listening.close();
                after(grace, () -> closeStepwise(Duration.ZERO, atMost, drained));
              });
        });
    return drained.future().compose(done -> server.close());
  }

  private void closeStepwise(Duration past, Duration atMost, Promise<Void> drained) {
    if (past.compareTo(atMost) >= 0) {
      limiter.closeAll();
    } else {
      limiter.closeIdle(past.compareTo(LAST_ARRIVALS) >= 0);
    }
    if (limiter.isEmpty()) {
      drained.complete();
    } else {
      after(DRAIN_STEP, () -> closeStepwise(past.plus(DRAIN_STEP), atMost, drained));
    }
  }

  private void after(Duration delay, Runnable step) {
    vertx.setTimer(Math.max(1, delay.toMillis()), id -> step.run());
  }
}

package dev.tokenbroker.exchange;

import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.resolver.NameResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Connects to a name by its addresses: it asks DNS for each connection and tries one address after
 * the other. Vert.x's HTTP client resolves a name for itself, takes the first address, and keeps it
 * for up to five minutes, whatever its TTL and whether it answers or not.
 */
final class NameConnector {

  /** Of the time that is left, one address takes a third at most, so that two more get a turn. */
  private static final int TURNS = 3;

  private final NameResolver resolver;
  private final HttpClientAgent client;

  NameConnector(Vertx vertx, HttpClientAgent client) {
    this.resolver = ((VertxInternal) vertx).nameResolver();
    this.client = client;
  }

  /**
   * Opens a connection, which the caller closes. Call it on the event loop. The future fails with
   * an {@link UnknownHostException}, or with what the last address tried came to.
   *
   * @param name of the host to connect to; an IP address is one, too
   * @param timeout for the look-up and all addresses together
   * @param options makes what connects to an address
   */
  Future<HttpClientConnection> connect(
      String name, Duration timeout, Function<InetAddress, HttpConnectOptions> options) {
    long deadline = System.nanoTime() + timeout.toNanos();
    return resolver
        .resolveAll(name)
        // UDP loses datagrams, and Netty does not ask the same server twice.
        .recover(error -> isTimeout(error) ? resolver.resolveAll(name) : Future.failedFuture(error))
        .compose(addresses -> connect(addresses, deadline, options));
  }

  private Future<HttpClientConnection> connect(
      List<InetSocketAddress> addresses,
      long deadline,
      Function<InetAddress, HttpConnectOptions> options) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      return Future.failedFuture(new TimeoutException("no time is left for another address"));
    }
    long turn = Math.max(1, left / Math.min(TURNS, addresses.size()));
    Future<HttpClientConnection> connection =
        connect(options.apply(addresses.get(0).getAddress()), turn);
    List<InetSocketAddress> others = addresses.subList(1, addresses.size());
    return others.isEmpty()
        ? connection
        : connection.recover(error -> connect(others, deadline, options));
  }

  private Future<HttpClientConnection> connect(HttpConnectOptions options, long millis) {
    Future<HttpClientConnection> connecting = client.connect(options.setConnectTimeout(millis));
    return connecting
        .timeout(millis, TimeUnit.MILLISECONDS)
        .onFailure(error -> connecting.onSuccess(HttpClientConnection::close));
  }

  private static boolean isTimeout(Throwable error) {
    return error.getCause() instanceof DnsNameResolverTimeoutException;
  }
}

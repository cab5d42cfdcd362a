package dev.tokenbroker.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds that Vert.x does not give. A {@link BoundedServer} counts connections where they are
 * accepted, before TLS and HTTP make them large. Connections are accepted on the one event loop,
 * too: Vert.x gives this a thread of its own, which takes them faster than the loop can turn them
 * away, and ten thousand in a burst filled the heap. And little is read at once.
 */
public final class OneLoopTransport extends NioTransport implements Transport {

  /**
   * Every request in what was read is answered before a full queue of answers stops the reading, so
   * this bounds what a client who pipelines and never reads can pile up. The socket's own buffer
   * stays as it is: Vert.x's receiveBufferSize would shrink it too, and below loopback's segments
   * of 64 KiB each larger request waits 200 ms for the window.
   */
  private static final int READ_BYTES = 4 * 1024;

  private static final Duration DNS_QUERY_TIMEOUT = Duration.ofSeconds(2);

  private @Nullable EventLoopGroup loop;

  /** Bound, and accepting nothing until its server claims it. */
  private final Queue<AcceptHandler> unclaimed = new ConcurrentLinkedQueue<>();

  /** A small Vert.x runtime with this transport: one event loop, and hardly a thread beside it. */
  public static Vertx vertx() {
    return vertx(List.of());
  }

  /**
   * The same with name servers other than the system's.
   *
   * @param nameServers IP addresses, with {@code :port} or without; none: those of resolv.conf
   */
  public static Vertx vertx(List<String> nameServers) {
    return Vertx.builder()
        .withTransport(new OneLoopTransport())
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // A second is Vert.x's default: a wake-up a second in every pod, for a warning.
                .setBlockedThreadCheckInterval(TimeUnit.SECONDS.toMillis(5))
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .setServers(nameServers)
                        // Look-ups are rare, and the cluster's DNS has a cache: with one here, an
                        // address that has died would be tried until its TTL ends.
                        .setCacheMaxTimeToLive(0)
                        // Five seconds is Vert.x's default: half of an exchange, for one datagram.
                        .setQueryTimeout(DNS_QUERY_TIMEOUT.toMillis()))
                // With a read-only root there is no folder to cache files in, and nothing to cache.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)))
        .build();
  }

  @Override
  public synchronized EventLoopGroup eventLoopGroup(
      int type, int threads, ThreadFactory threadFactory, int ioRatio) {
    EventLoopGroup known = loop;
    if (known != null) {
      return known;
    }
    EventLoopGroup made = super.eventLoopGroup(type, threads, threadFactory, ioRatio);
    loop = made;
    return made;
  }

  @Override
  public void configure(TcpConfig options, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(options, domainSocket, bootstrap);
    bootstrap
        .handler(new AcceptHandler(unclaimed))
        .option(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
  }

  /** The socket that was bound to this port just now. */
  AcceptHandler claim(int port) {
    AcceptHandler found =
        unclaimed.stream()
            .filter(each -> each.port() == port)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nothing listens on " + port));
    unclaimed.remove(found);
    return found;
  }

  @Override
  public String name() {
    return "nio, one loop";
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public io.vertx.core.spi.transport.Transport implementation() {
    return this;
  }
}

package dev.tokenbroker;

import io.netty.channel.EventLoopGroup;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections are accepted on the one event loop, too. Vert.x gives this a thread of its own, which
 * takes them faster than the loop can turn them away: ten thousand in a burst filled the heap.
 */
final class OneLoopTransport extends NioTransport implements Transport {

  private @Nullable EventLoopGroup loop;

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

package dev.tokenbroker.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The handler of the listening socket: it admits or closes a connection before anything is made of
 * it.
 */
final class AcceptHandler extends ChannelInboundHandlerAdapter {

  /** More than any queue of the kernel holds. */
  private static final int ALL = 65_536;

  private final Queue<AcceptHandler> unclaimed;
  private @Nullable Channel socket;
  private @Nullable ConnectionLimiter limiter;

  AcceptHandler(Queue<AcceptHandler> unclaimed) {
    this.unclaimed = unclaimed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    socket = ctx.channel();
    unclaimed.add(this);
  }

  /** Also where the address could not be had. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    unclaimed.remove(this);
  }

  int port() {
    Channel bound = socket;
    return bound != null && bound.localAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : -1;
  }

  /** Accepts from now on. */
  void open(ConnectionLimiter newLimiter) {
    Channel bound = socket;
    if (bound != null) {
      limiter = newLimiter;
      bound.config().setAutoRead(true);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ConnectionLimiter known = limiter;
    Channel accepted = (Channel) message;
    if (known != null && known.admit(accepted)) {
      ctx.fireChannelRead(message);
    } else {
      accepted.unsafe().closeForcibly();
    }
  }

  /**
   * Before the socket is closed: who has connected and is not accepted yet would be cut off by the
   * kernel. The next turn of the loop accepts them all.
   */
  void acceptAll() {
    Channel bound = socket;
    if (bound != null
        && bound.config().getRecvByteBufAllocator()
            instanceof MaxMessagesRecvByteBufAllocator reads) {
      reads.maxMessagesPerRead(ALL);
    }
  }

  /** Accepts nothing any more. */
  void close() {
    Channel bound = socket;
    if (bound != null) {
      var unused = bound.close();
    }
  }
}

package dev.tokenbroker.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ByteProcessor;

/**
 * Stands before the decoder of HTTP/1.1 and counts what goes into it: bytes and lines, because a
 * header line of four bytes becomes objects of two hundred. What has arrived and is not answered
 * yet is held against the listener's budget before the decoder makes it larger.
 */
final class RequestHeadCounter extends ChannelInboundHandlerAdapter {

  private static final int SMALL_LINE = 256;
  private static final byte CR = '\r';

  private final TrackedConnection connection;
  private final ConnectionLimiter limiter;

  /** Since the last empty line, which ends a head. */
  private int lines;

  private int bytes;

  /** Since the last line's end. */
  private int lineBytes;

  /** Of all so far: the decoder keeps a buffer that had room for it, as long as it lives. */
  private int longestLine;

  private boolean onlyCr;
  private int heads;

  /** Whether one of the heads in what was read last had too many lines. */
  private boolean tooManyLines;

  /** A body has passed since the last empty line, and where among the lines it ended is unknown. */
  private boolean inexact;

  RequestHeadCounter(TrackedConnection connection, ConnectionLimiter limiter) {
    this.connection = connection;
    this.limiter = limiter;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    int read = 0;
    int linesRead = 0;
    if (message instanceof ByteBuf buffer) {
      boolean body = connection.isBodyArriving();
      read = buffer.readableBytes();
      tooManyLines = false;
      linesRead = count(buffer);
      limiter.arrived(
          connection, body ? (long) ListenerLimits.BODY_FACTOR * read : cost(read, linesRead));
    }
    ctx.fireChannelRead(message);
    if (!connection.isPending()) {
      settle(read, linesRead);
    }
  }

  /** All requests are answered: what is left is the start of the next one. */
  private void settle(int read, int linesRead) {
    if (bytes > 0 && !inexact && connection.hadBody()) {
      inexact = true;
      bytes = Math.min(bytes, read);
      lines = Math.min(lines, linesRead);
    }
    heads = connection.heads();
    limiter.settle(connection, unfinished());
    if (!inexact && lines > ListenerLimits.MAX_HEADER_LINES + 1) {
      limiter.rejectTooManyLines(connection);
    }
  }

  private static long cost(int bytes, int lines) {
    return (long) ListenerLimits.HEAD_FACTOR * bytes + (long) ListenerLimits.LINE_BYTES * lines;
  }

  /** What the start of a next request takes, and the decoder's memory of earlier ones. */
  long unfinished() {
    return cost(bytes, lines) + (longestLine > SMALL_LINE ? 2L * longestLine : 0);
  }

  /** How many heads have ended; more, if a body looks like some. */
  int heads() {
    return heads;
  }

  /** Whether the head that was decoded just now has more lines than anybody needs. */
  boolean hadTooManyLines() {
    return tooManyLines;
  }

  /** Whether a head has begun and not ended. */
  boolean isInHead() {
    return bytes > 0;
  }

  private int count(ByteBuf read) {
    int count = 0;
    int end = read.writerIndex();
    int at = read.readerIndex();
    while (at < end) {
      int next = read.forEachByte(at, end - at, ByteProcessor.FIND_LF);
      int stop = next < 0 ? end : next;
      add(read, at, stop - at);
      if (next < 0) {
        break;
      }
      endLine();
      count++;
      at = next + 1;
    }
    return count;
  }

  private void add(ByteBuf read, int at, int length) {
    if (length > 0) {
      onlyCr = lineBytes == 0 && length == 1 && read.getByte(at) == CR;
      lineBytes += length;
      longestLine = Math.max(longestLine, lineBytes);
      bytes += length;
    }
  }

  private void endLine() {
    if (lineBytes == 0 || onlyCr) {
      // The request line is one, too.
      tooManyLines |= !inexact && lines > ListenerLimits.MAX_HEADER_LINES + 1;
      heads += bytes > 0 ? 1 : 0;
      lines = 0;
      bytes = 0;
      inexact = false;
    } else {
      lines++;
      bytes++;
    }
    lineBytes = 0;
    onlyCr = false;
  }
}

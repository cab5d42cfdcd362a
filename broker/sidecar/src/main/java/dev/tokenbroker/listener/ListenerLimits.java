package dev.tokenbroker.listener;

import java.util.Locale;

/**
 * The limits of a listener.
 *
 * @param name of the listener, as meters and the log call it
 * @param tls whether its connections are encrypted, which makes them ten times as large
 * @param connections how many may be open; what the heap has room for, if that is less
 * @param heapBytes how much of the heap they may take, with all that is not answered on them
 */
public record ListenerLimits(String name, boolean tls, int connections, long heapBytes) {

  /** An idle connection: socket, pipeline and decoder, measured after its first request. */
  static final int PLAIN_BYTES = 4608;

  /** The same with the engine and the buffers of TLS. */
  static final int TLS_BYTES = 48 * 1024;

  /**
   * A header line as objects, in what it costs at most: a line is two strings and an entry, and two
   * lines can be a whole request.
   */
  static final int LINE_BYTES = 512;

  /** A byte of a header is in the decoder's buffer, which doubles, and in a string. */
  static final int HEAD_FACTOR = 3;

  /** A byte of a body is in a buffer that doubles. */
  static final int BODY_FACTOR = 2;

  /** The head of a request over HTTP/2, whose list of headers is limited to 4 KiB. */
  static final int STREAM_BYTES = 16 * 1024;

  /**
   * A turn of the loop accepts some before it reads from them: they must not push each other out.
   */
  private static final int FREE_PLACES = 4;

  static final int MAX_HEADER_LINES = 64;
  static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  static final int MAX_HEADER_BYTES = 16 * 1024;

  public ListenerLimits {
    if (connections < 1 || heapBytes < 1) {
      throw new IllegalArgumentException("a bound must be at least 1");
    }
    connections =
        (int) Math.max(1, Math.min(connections, heapBytes / (tls ? TLS_BYTES : PLAIN_BYTES)));
  }

  /** Bounds within this share of the heap that this JVM has. */
  public static ListenerLimits of(HeapShare share, boolean tls, int connections) {
    return new ListenerLimits(
        share.name().toLowerCase(Locale.ROOT), tls, connections, share.ofThisHeap());
  }

  int connectionBytes() {
    return tls ? TLS_BYTES : PLAIN_BYTES;
  }

  /** What requests may take that wait for their answer; the rest stays for those who need not. */
  long waitingBytes() {
    return heapBytes - heapBytes / 4;
  }

  /** How many connections may wait for an answer: the others are for whom one is at hand. */
  int waiting() {
    return Math.max(1, connections - Math.max(FREE_PLACES, connections / 64));
  }

  /** What the largest head costs before its request is there. */
  static long worstHeadBytes() {
    return (long) HEAD_FACTOR * (MAX_REQUEST_LINE_BYTES + MAX_HEADER_BYTES)
        + (long) LINE_BYTES * MAX_HEADER_LINES;
  }
}

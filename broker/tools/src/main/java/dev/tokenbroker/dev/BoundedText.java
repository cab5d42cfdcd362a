package dev.tokenbroker.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads to its end what a process writes, but keeps no more than anybody needs of it. */
final class BoundedText {

  /** Far more than the largest token or the longest complaint. */
  static final int MAX_BYTES = 256 * 1024;

  private final InputStream in;
  private final Thread thread;
  private volatile byte[] kept = new byte[0];

  private BoundedText(InputStream in, String name) {
    this.in = in;
    this.thread = new Thread(this::read, name);
  }

  /** Begins to read, on a thread of its own: a full pipe would stop the process. */
  static BoundedText of(InputStream in, String name) {
    BoundedText text = new BoundedText(in, name);
    text.thread.setDaemon(true);
    text.thread.start();
    return text;
  }

  private void read() {
    try (in) {
      kept = in.readNBytes(MAX_BYTES);
      in.skip(Long.MAX_VALUE);
    } catch (IOException e) {
      // The process was ended: what was read so far is all there is.
    }
  }

  /** What was written; waits at most so long for its end. */
  String await(long millis) throws InterruptedException {
    thread.join(millis);
    return new String(kept, StandardCharsets.UTF_8);
  }
}

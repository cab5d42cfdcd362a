package dev.tokenbroker.logging;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Writes lines on a thread of its own, so that nobody who logs ever waits for the reader of a pipe.
 * What does not fit into a bounded queue is dropped and counted; as soon as the stream flows again,
 * a line says how many are missing. The thread ends when there is nothing to write for a while.
 */
final class LineWriter {

  /** About a thousand lines; a pipe holds half as much again. */
  static final int MAX_BYTES = 128 << 10;

  /** The object and its place in the queue. */
  private static final int OVERHEAD = 32;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final PrintStream out;
  private final LongFunction<byte[]> missing;

  /** Guards all below; held for no longer than it takes to move one line. */
  private final Object lock = new Object();

  private final Queue<byte[]> queue = new ArrayDeque<>();
  private int bytes;
  private boolean running;
  private boolean writing;
  private long missed;
  private long dropped;

  /**
   * Nothing runs until there is a line.
   *
   * @param missing the line that says how many are missing
   */
  LineWriter(PrintStream out, LongFunction<byte[]> missing) {
    this.out = out;
    this.missing = missing;
  }

  /** Never waits for the stream. Once a line was dropped, all are until the queue is empty. */
  void add(byte[] line) {
    synchronized (lock) {
      if (missed > 0 || bytes + line.length + OVERHEAD > MAX_BYTES) {
        missed++;
        dropped++;
        return;
      }
      queue.add(line);
      bytes += line.length + OVERHEAD;
      if (!running) {
        running = true;
        Thread thread = new Thread(this::run, "log");
        thread.setDaemon(true);
        thread.start();
      }
      lock.notifyAll();
    }
  }

  /** How many lines were dropped since the start. */
  long dropped() {
    synchronized (lock) {
      return dropped;
    }
  }

  /**
   * Waits until everything is written, but no longer than {@code patience}.
   *
   * @return whether everything is
   */
  boolean flush(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      try {
        while (running && (writing || !queue.isEmpty() || missed > 0)) {
          long left = end - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          TimeUnit.NANOSECONDS.timedWait(lock, left);
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private void run() {
    for (byte[] line = next(); line.length > 0; line = next()) {
      out.write(line, 0, line.length);
      out.flush();
    }
  }

  /** The next line; an empty one if the thread has to end. */
  private byte[] next() {
    synchronized (lock) {
      writing = false;
      lock.notifyAll();
      long end = System.nanoTime() + IDLE_NANOS;
      while (queue.isEmpty() && missed == 0) {
        long left = end - System.nanoTime();
        if (left <= 0 || !waited(left)) {
          running = false;
          return new byte[0];
        }
      }
      writing = true;
      if (queue.isEmpty()) {
        byte[] line = missing.apply(missed);
        missed = 0;
        return line;
      }
      byte[] line = queue.remove();
      bytes -= line.length + OVERHEAD;
      return line;
    }
  }

  private boolean waited(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(lock, nanos);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}

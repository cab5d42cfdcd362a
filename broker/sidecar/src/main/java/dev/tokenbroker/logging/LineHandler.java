package dev.tokenbroker.logging;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Writes each record in one piece, in UTF-8 whatever the locale is, and never blocks. */
final class LineHandler extends Handler {

  private final LineWriter writer;

  LineHandler(PrintStream out, Formatter formatter) {
    setFormatter(formatter);
    this.writer = new LineWriter(out, LineHandler.this::missing);
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      writer.add(line(record));
    }
  }

  private byte[] missing(long lines) {
    LogRecord record =
        new LogRecord(
            Level.WARNING,
            "Dropped " + lines + " log lines here: standard error was read too slowly");
    record.setLoggerName("dev.tokenbroker.cli");
    return line(record);
  }

  private byte[] line(LogRecord record) {
    return getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
  }

  long dropped() {
    return writer.dropped();
  }

  /** Waits until everything is written, but no longer than {@code patience}. */
  boolean flush(Duration patience) {
    return writer.flush(patience);
  }

  /** Does nothing: whoever calls it may be the event loop. */
  @Override
  public void flush() {}

  @Override
  public void close() {
    // Standard error is not ours to close.
  }
}

package dev.tokenbroker.logging;

import dev.tokenbroker.config.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * A log record as both formats show it, with secrets masked.
 *
 * @param time UTC, always with milliseconds
 * @param logger our packages by their short name, others by their full one
 * @param error the exception in one line, or with its stack trace when debugging
 */
record LogLine(String time, LogLevel level, String logger, String message, Optional<String> error) {

  private static final String OURS = "dev.tokenbroker.";
  private static final int MAX_CAUSES = 5;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

  static LogLine of(LogRecord record, Formatter formatter, boolean debug) {
    return new LogLine(
        TIME.format(record.getInstant()),
        level(record.getLevel()),
        shortName(Optional.ofNullable(record.getLoggerName()).orElse("")),
        Redaction.hideTokens(Optional.ofNullable(formatter.formatMessage(record)).orElse("")),
        Optional.ofNullable(record.getThrown())
            .map(thrown -> Redaction.hideTokens(debug ? trace(thrown) : summary(thrown))));
  }

  /** {@code dev.tokenbroker.endpoint.Router} is {@code endpoint}. */
  private static String shortName(String logger) {
    if (!logger.startsWith(OURS)) {
      return logger;
    }
    String rest = logger.substring(OURS.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static String summary(Throwable thrown) {
    StringBuilder out = new StringBuilder();
    Throwable current = thrown;
    for (int i = 0; i < MAX_CAUSES && current != null; i++) {
      out.append(i == 0 ? "" : "; caused by ").append(current.getClass().getSimpleName());
      if (current.getMessage() != null) {
        out.append(": ").append(current.getMessage());
      }
      current = current.getCause();
    }
    return out.toString();
  }

  private static String trace(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString().stripTrailing();
  }

  private static LogLevel level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return LogLevel.ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return LogLevel.WARN;
    }
    return value >= Level.INFO.intValue() ? LogLevel.INFO : LogLevel.DEBUG;
  }
}

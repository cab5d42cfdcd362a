package dev.tokenbroker.logging;

import dev.tokenbroker.json.JsonText;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** {@code 2026-11-24T08:25:00.123Z INFO endpoint message}. */
final class TextFormatter extends Formatter {

  private static final int MAX = 8192;

  private final boolean debug;

  TextFormatter(boolean debug) {
    this.debug = debug;
  }

  @Override
  public String format(LogRecord record) {
    LogLine line = LogLine.of(record, this, debug);
    StringBuilder out = new StringBuilder(128);
    out.append(line.time()).append(' ').append(line.level());
    out.append(line.level().name().length() == 4 ? "  " : " ");
    appendSafely(out, line.logger());
    out.append("  ");
    appendSafely(out, line.message());
    if (line.error().isPresent()) {
      String[] lines = line.error().get().split("\\R", -1);
      out.append(": ");
      appendSafely(out, lines[0]);
      for (int i = 1; i < lines.length; i++) {
        // Indented, so that no piece of an exception's text can pass for a line of the log.
        out.append("\n    ");
        appendSafely(out, lines[i].strip());
      }
    }
    return out.append('\n').toString();
  }

  /** Writes control and direction characters as escapes: a caller's text must not forge lines. */
  private static void appendSafely(StringBuilder out, String text) {
    for (int i = 0; i < Math.min(MAX, text.length()); i++) {
      JsonText.escapeUnprintable(out, text.charAt(i));
    }
    if (text.length() > MAX) {
      out.append("...");
    }
  }
}

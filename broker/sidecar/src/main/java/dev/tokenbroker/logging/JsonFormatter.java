package dev.tokenbroker.logging;

import dev.tokenbroker.json.JsonText;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object a line: time, level, logger, message and, if there is one, error. */
final class JsonFormatter extends Formatter {

  private static final int MAX = 8192;

  private final boolean debug;

  JsonFormatter(boolean debug) {
    this.debug = debug;
  }

  @Override
  public String format(LogRecord record) {
    LogLine line = LogLine.of(record, this, debug);
    StringBuilder out = new StringBuilder(160);
    out.append("{\"time\":\"").append(line.time()).append("\",\"level\":\"");
    out.append(line.level().name().toLowerCase(Locale.ROOT)).append("\",\"logger\":");
    append(out, line.logger());
    out.append(",\"message\":");
    append(out, line.message());
    if (line.error().isPresent()) {
      out.append(",\"error\":");
      append(out, line.error().get());
    }
    return out.append("}\n").toString();
  }

  private static void append(StringBuilder out, String text) {
    boolean tooLong = text.length() > MAX;
    JsonText.escape(out.append('"'), tooLong ? text.substring(0, MAX) : text);
    out.append(tooLong ? "...\"" : "\"");
  }
}

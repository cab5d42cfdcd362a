package dev.tokenbroker.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that anybody logs, at every level. */
public final class LogCapture extends Handler implements AutoCloseable {

  /** Held here: a logger that nobody holds is forgotten together with its level. */
  private final List<Logger> loggers =
      List.of(
          Logger.getLogger(""),
          Logger.getLogger("com.microsoft.aad.msal4j"),
          Logger.getLogger("io.vertx"),
          Logger.getLogger("dev.tokenbroker"));

  private final List<Level> before =
      loggers.stream().map(Logger::getLevel).map(LogCapture::orInfo).toList();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final SimpleFormatter formatter = new SimpleFormatter();

  public LogCapture() {
    setLevel(Level.ALL);
    loggers.forEach(logger -> logger.setLevel(Level.ALL));
    loggers.get(0).addHandler(this);
  }

  private static Level orInfo(Level level) {
    return level == null ? Level.INFO : level;
  }

  public String text() {
    return String.join("", lines);
  }

  @Override
  public void publish(LogRecord logged) {
    lines.add(formatter.format(logged));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    loggers.get(0).removeHandler(this);
    for (int i = 0; i < loggers.size(); i++) {
      loggers.get(i).setLevel(before.get(i));
    }
  }
}

package dev.tokenbroker.logging;

import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sets up java.util.logging: one handler that never blocks, and a level for us, for others and for
 * the chatty.
 */
public final class Logging {

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("dev.tokenbroker");

  /** Held here because the log manager holds loggers, and so their levels, only weakly. */
  private static final List<Logger> CHATTY = List.of(Logger.getLogger("io.netty"));

  /**
   * msal4j quotes an answer that it cannot parse, and a truncated one can hold a token. What it has
   * to say, the exchange says better.
   */
  private static final List<Logger> INDISCREET = List.of(Logger.getLogger("com.microsoft"));

  /** The lines before the process ends are worth this long, if nobody reads them. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static volatile LineHandler installed =
      new LineHandler(System.err, new TextFormatter(false));

  private Logging() {}

  /**
   * Waits until what was logged is written, but no longer than a second: for just before an end.
   */
  public static void flush() {
    installed.flush(PATIENCE);
  }

  /** How many lines were dropped since the start, because standard error was read too slowly. */
  public static long dropped() {
    return installed.dropped();
  }

  /** Replaces all handlers by one that writes to {@code out}. May be called again. */
  public static void install(LogFormat format, LogLevel level, PrintStream out) {
    boolean debug = level == LogLevel.DEBUG;
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    flush();
    installed =
        new LineHandler(
            out,
            switch (format) {
              case TEXT -> new TextFormatter(debug);
              case JSON -> new JsonFormatter(debug);
            });
    ROOT.addHandler(installed);
    // The JDK would print the trace to standard error itself, which may block, secrets and all.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) ->
            OURS.log(Level.SEVERE, "thread " + thread.getName() + " ended by an error", error));
    Level ours = level(level);
    OURS.setLevel(ours);
    // At debug level the JDK's own HTTP and TLS loggers print headers and keys.
    ROOT.setLevel(atLeast(Level.INFO, ours));
    CHATTY.forEach(logger -> logger.setLevel(atLeast(Level.WARNING, ours)));
    INDISCREET.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private static Level atLeast(Level floor, Level level) {
    return level.intValue() > floor.intValue() ? level : floor;
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }
}

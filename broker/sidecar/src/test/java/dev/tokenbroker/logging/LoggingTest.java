package dev.tokenbroker.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void logsAsBefore() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  /** Level set, then the lowest level that each logger still writes. */
  @ParameterizedTest
  @CsvSource({
    "DEBUG, FINE, INFO, WARNING",
    "INFO, INFO, INFO, WARNING",
    "WARN, WARNING, WARNING, WARNING",
    "ERROR, SEVERE, SEVERE, SEVERE",
  })
  void othersAreQuieterThanWe(LogLevel level, String ours, String others, String chatty) {
    install(LogFormat.TEXT, level);

    assertLowest("dev.tokenbroker.cache.Entry", Level.parse(ours));
    assertLowest("java.something", Level.parse(others));
    assertLowest("sun.net.www.protocol.http.HttpURLConnection", Level.parse(others));
    assertLowest("io.netty.channel.nio.NioEventLoop", Level.parse(chatty));
  }

  @Test
  void msal4jWhichQuotesBrokenAnswersIsSilentAtEveryLevel() {
    for (LogLevel level : LogLevel.values()) {
      install(LogFormat.TEXT, level);

      assertThat(Logger.getLogger("com.microsoft.aad.msal4j.Any").isLoggable(Level.SEVERE))
          .isFalse();
    }
  }

  @Test
  void aSecondInstallationReplacesTheFirst() {
    install(LogFormat.TEXT, LogLevel.INFO);
    install(LogFormat.JSON, LogLevel.INFO);

    Logger.getLogger("dev.tokenbroker.x").info("once");
    Logging.flush();

    assertThat(out.toString(UTF_8)).startsWith("{").containsOnlyOnce("once");
  }

  @Test
  void linesAreUtf8() {
    install(LogFormat.TEXT, LogLevel.INFO);

    Logger.getLogger("dev.tokenbroker.x").info("\u00e4");
    Logging.flush();

    assertThat(out.toString(UTF_8)).endsWith("\u00e4\n");
  }

  private void install(LogFormat format, LogLevel level) {
    Logging.install(format, level, new PrintStream(out, false, UTF_8));
  }

  private static void assertLowest(String logger, Level lowest) {
    assertThat(Logger.getLogger(logger).isLoggable(lowest)).isTrue();
    Level below = Level.parse(Integer.toString(lowest.intValue() - 1));
    assertThat(Logger.getLogger(logger).isLoggable(below)).isFalse();
  }
}

package dev.tokenbroker.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatterTest {

  private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl_-";

  private final Formatter text = new TextFormatter(false);
  private final Formatter json = new JsonFormatter(false);

  @Test
  void aTextLineHoldsTimeLevelRoomAndMessage() {
    assertThat(text.format(record(Level.INFO, "listening")))
        .isEqualTo("2026-11-24T08:25:00.120Z INFO  endpoint  listening\n");
    assertThat(text.format(record(Level.SEVERE, "x")))
        .isEqualTo("2026-11-24T08:25:00.120Z ERROR endpoint  x\n");
  }

  @Test
  void aJsonLineHoldsTheSame() {
    assertThat(json.format(record(Level.WARNING, "slow")))
        .isEqualTo(
            "{\"time\":\"2026-11-24T08:25:00.120Z\",\"level\":\"warn\",\"logger\":\"endpoint\",\"message\":\"slow\"}\n");
  }

  @Test
  void millisecondsAreAlwaysThere() {
    LogRecord record = record(Level.INFO, "x");
    record.setInstant(Instant.parse("2026-11-24T08:25:00Z"));

    assertThat(text.format(record)).startsWith("2026-11-24T08:25:00.000Z ");
  }

  @ParameterizedTest
  @CsvSource({
    "dev.tokenbroker.endpoint.ImdsDialect, endpoint",
    "dev.tokenbroker.cli, cli",
    "io.netty.channel.Foo, io.netty.channel.Foo",
    "dev.tokenbrokers.x, dev.tokenbrokers.x",
  })
  void ourRoomsGoByTheirShortName(String logger, String shown) {
    LogRecord record = record(Level.INFO, "m");
    record.setLoggerName(logger);

    assertThat(text.format(record)).endsWith(" " + shown + "  m\n");
  }

  @Test
  void aMessageCannotForgeALine() {
    LogRecord record = record(Level.INFO, "a\nb\r\u001b[31m\u0085\u2028\u202ec\td");

    assertThat(text.format(record))
        .endsWith("  a\\nb\\r\\u001b[31m\\u0085\\u2028\\u202ec\\td\n")
        .containsOnlyOnce("\n");
    assertThat(json.format(record)).containsOnlyOnce("\n").doesNotContain("\u202e");
  }

  @Test
  void jsonIsReadBackUnchanged() {
    String message =
        "quote \" backslash \\ tab \t nul \u0000 line \n umlaut \u00e4 emoji \ud83d\ude00";

    assertThat(new JsonObject(json.format(record(Level.INFO, message))).getString("message"))
        .isEqualTo(message);
  }

  @Test
  void aLoggersParametersAreFilledIn() {
    LogRecord record = record(Level.INFO, "{0} of {1}");
    record.setParameters(new Object[] {1, "two"});

    assertThat(text.format(record)).endsWith("1 of two\n");
  }

  @Test
  void anExceptionIsOneLineWithItsCauses() {
    LogRecord record = record(Level.WARNING, "failed");
    record.setThrown(new IllegalStateException("outer\nline", new IOException("reset")));

    assertThat(new JsonObject(json.format(record)).getString("error"))
        .isEqualTo("IllegalStateException: outer\nline; caused by IOException: reset");
    assertThat(text.format(record))
        .contains("failed: IllegalStateException: outer")
        .doesNotContain("\tat ");
  }

  @Test
  void aStackTraceIsShownOnlyWhenDebugging() {
    LogRecord record = record(Level.WARNING, "failed");
    record.setThrown(new IllegalStateException("outer\n2026-11-24T08:25:00.120Z INFO  forged"));

    String debugged = new TextFormatter(true).format(record);

    assertThat(debugged).contains("\n    at dev.tokenbroker.logging.FormatterTest");
    assertThat(debugged.lines().skip(1)).allSatisfy(line -> assertThat(line).startsWith("    "));
    assertThat(new JsonFormatter(true).format(record)).containsOnlyOnce("\n").contains("\\n\\tat ");
  }

  @Test
  void whatLooksLikeATokenIsHiddenEverywhere() {
    LogRecord record = record(Level.WARNING, "got " + JWT + ", and " + JWT + "; eyJ is short");
    record.setThrown(new IOException("body access_token=" + JWT));

    for (Formatter formatter :
        new Formatter[] {text, json, new TextFormatter(true), new JsonFormatter(true)}) {
      assertThat(formatter.format(record))
          .doesNotContain("eyJhbGci")
          .doesNotContain("c2lnbmF0dXJl")
          .contains("got ***, and ***; eyJ is short")
          .contains("access_token=***");
    }
  }

  @Test
  void aLineIsBounded() {
    assertThat(text.format(record(Level.INFO, "x".repeat(100_000))))
        .hasSizeLessThan(9_000)
        .endsWith("x...\n");
    assertThat(json.format(record(Level.INFO, "x".repeat(100_000))))
        .hasSizeLessThan(9_000)
        .endsWith("x...\"}\n");
  }

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("dev.tokenbroker.endpoint.TokenListener");
    record.setInstant(Instant.parse("2026-11-24T08:25:00.12Z"));
    return record;
  }
}

package dev.tokenbroker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeLogTest {

  private static final Logger LOGGER = Logger.getLogger("dev.tokenbroker.exchange");
  private static final TokenKey CONFIGURED = key("https://vault.azure.net");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-28T08:00:00Z"));
  private final ExchangeLog log = new ExchangeLog(CONFIGURED::equals, clock);
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getLevel() == Level.WARNING) {
            lines.add(line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    // Another test may have left the log at a higher level.
    LOGGER.setLevel(Level.INFO);
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    LOGGER.removeHandler(handler);
    LOGGER.setLevel(null);
  }

  @Test
  void aLoopOverInventedResourcesIsLoggedAtALimitedRate() {
    for (int i = 0; i < 6000; i++) {
      failed(key("invented-" + i));
      clock.advance(Duration.ofMillis(10));
    }

    assertThat(lines).hasSizeBetween(20, 35);
    assertThat(log.leftOut()).isBetween(5970L, 5980L);
    assertThat(lines).anyMatch(line -> line.contains("more such lines were left out"));
  }

  @Test
  void whoIsLimitedIsLoggedOnceAMinuteWithCauseAndFix() {
    for (int i = 0; i < 6000; i++) {
      log.on(new CacheEvent.Limited(key("invented-" + i), refused("Too many new tokens")));
      clock.advance(Duration.ofMillis(10));
    }

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("invented-0", "as client: Too many new tokens");
  }

  @Test
  void aConfiguredKeysFailureIsLoggedWhateverALoopDoes() {
    for (int i = 0; i < 1000; i++) {
      failed(key("invented-" + i));
    }

    failed(CONFIGURED);

    assertThat(lines).last().asString().contains(CONFIGURED.scope());
  }

  private void failed(TokenKey key) {
    log.on(
        new CacheEvent.ExchangeFailed(key, refused("no"), Duration.ZERO, clock.instant(), false));
  }

  private static TokenFailure refused(String message) {
    return new TokenFailure.Rejected(
        "invalid_resource", 500011, message, "c0", Optional.empty(), TokenFailure.Outlook.LASTING);
  }

  private static TokenKey key(String resource) {
    return new TokenKey("https://login.test", "tenant", "client", TokenKey.scopeOf(resource));
  }
}

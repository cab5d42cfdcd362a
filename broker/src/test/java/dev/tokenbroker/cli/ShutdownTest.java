package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.logging.LogManagerChoice;
import dev.tokenbroker.cli.logging.Logging;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  @Test
  void aSignalRunsTheTaskStillLogsAndExitsWithZero() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .start();
    try (BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      assertThat(log.readLine()).endsWith("ready");

      // Sends SIGTERM; destroy() of the process itself would also close its log.
      process.toHandle().destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(log.readLine()).endsWith("drained");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs in a process of its own until a signal comes. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) throws InterruptedException {
      LogManagerChoice.make();
      Logging.install(LogFormat.TEXT, LogLevel.INFO, System.err);
      Logger log = Logger.getLogger("dev.tokenbroker.cli");
      Shutdown.ofThisProcess().onSignal(() -> log.info("drained"));
      log.info("ready");
      new CountDownLatch(1).await();
    }
  }
}

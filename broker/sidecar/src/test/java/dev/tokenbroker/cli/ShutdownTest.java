package dev.tokenbroker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.logging.LogManagerChoice;
import dev.tokenbroker.logging.Logging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ShutdownTest {

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSignalEndsTheProcessAlsoWhenNobodyReadsItsLog() throws Exception {
    Process process = child("talkative");
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      // What it says once it has logged more than any pipe holds.
      assertThat(out.readLine()).isEqualTo("still here");

      process.toHandle().destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSignalRunsTheTaskStillLogsAndExitsWithZero() throws Exception {
    Process process = child();
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

  private static Process child(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
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
      if (args.length > 0) {
        for (int i = 0; i < 20_000; i++) {
          log.info("a line that nobody reads, " + i);
        }
        System.out.println("still here");
      }
      new CountDownLatch(1).await();
    }
  }
}

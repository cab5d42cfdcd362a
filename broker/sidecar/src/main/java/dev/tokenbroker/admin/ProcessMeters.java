package dev.tokenbroker.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The few figures of the process that an operator asks for; Micrometer's binders bring dozens, and
 * JMX with them.
 */
final class ProcessMeters {

  /** procfs never blocks. It counts in kB, where statm counts in pages of an unknown size. */
  private static final Path STATUS = Path.of("/proc/self/status");

  ProcessMeters(MeterRegistry registry) {
    Gauge.builder("process.start.time.seconds", ProcessMeters::startSeconds)
        .description("When the process started, in seconds of the epoch")
        .register(registry);
    FunctionCounter.builder(
            "process.cpu.seconds", ProcessHandle.current(), ProcessMeters::cpuSeconds)
        .description("CPU time used")
        .register(registry);
    Gauge.builder("process.resident.memory.bytes", () -> status("VmRSS:") * 1024)
        .description("Resident memory of the process")
        .register(registry);
    Gauge.builder("process.threads", () -> status("Threads:"))
        .description("Threads of the process, the JVM's own among them")
        .register(registry);
  }

  private static double startSeconds() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> start.toEpochMilli() / 1000.0)
        .orElse(Double.NaN);
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .map(Duration::toMillis)
        .map(millis -> millis / 1000.0)
        .orElse(Double.NaN);
  }

  /** The number in a line such as {@code VmRSS: 61234 kB}; see proc_pid_status(5). */
  private static double status(String field) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.substring(field.length()).replace("kB", "").strip());
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux: a scrape without this figure is better than none.
    }
    return Double.NaN;
  }
}

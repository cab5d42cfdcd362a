package dev.tokenbroker.admin;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The three figures of the process that an operator asks for; Micrometer's binders bring dozens.
 */
final class ProcessMeters {

  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;

  ProcessMeters(MeterRegistry registry) {
    Gauge.builder("process.start.time.seconds", ProcessMeters::startSeconds)
        .description("When the process started, in seconds of the epoch")
        .register(registry);
    Gauge.builder("process.resident.memory.bytes", ProcessMeters::residentBytes)
        .description("Resident memory of the process")
        .register(registry);
    Gauge.builder("process.threads", Thread::activeCount)
        .description("Threads of the broker's thread group")
        .register(registry);
  }

  private static double startSeconds() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> start.toEpochMilli() / 1000.0)
        .orElse(Double.NaN);
  }

  /** The second field of statm is the resident set in pages; procfs never blocks. */
  private static double residentBytes() {
    try {
      String[] fields = Files.readString(STATM).split(" ", 3);
      return Long.parseLong(fields[1]) * (double) PAGE_BYTES;
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }
}

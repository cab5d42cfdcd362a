package dev.tokenbroker.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each case came to: a line on the screen, and a row in {@code target/reliability.md}. */
final class FaultReport {

  private static final Path FILE = Path.of("target", "reliability.md");
  private static final Map<String, String> ROWS = new TreeMap<>();

  private FaultReport() {}

  /** One case is over, and nothing went wrong that should not. */
  static void add(String group, String name, List<App> apps, int upstream, long peakMemory) {
    add(
        group,
        name,
        apps.stream().mapToInt(App::requests).sum(),
        apps.stream().mapToInt(App::failed).sum(),
        upstream,
        peakMemory);
  }

  static synchronized void add(
      String group, String name, int requests, int failures, int upstream, long peakMemory) {
    long megabytes = peakMemory >> 20;
    System.out.printf(
        "fault: %s: %s: %d requests, %d failures, %d upstream calls, peak memory %d MB%n",
        group, name, requests, failures, upstream, megabytes);
    ROWS.put(
        group + name,
        "| %s | %s | %,d | %,d | 0 | %,d | %s |"
            .formatted(group, name, requests, failures, upstream, megabytes == 0 ? "" : megabytes));
    write();
  }

  private static void write() {
    String head =
        """
        | | fault | requests | failures | a valid token could have answered | calls of Entra | peak memory, MB |
        | --- | --- | ---: | ---: | ---: | ---: | ---: |
        """;
    try {
      Files.writeString(FILE, head + String.join("\n", ROWS.values()) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

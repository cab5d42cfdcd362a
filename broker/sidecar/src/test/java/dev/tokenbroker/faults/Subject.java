package dev.tokenbroker.faults;

import dev.tokenbroker.testing.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The packaged broker under test, seen from outside. */
final class Subject implements AutoCloseable {

  /** The memory limit of the charts. */
  static final long CHART_LIMIT = 192L << 20;

  final BrokerProcess process;
  private final HttpClient prober = HttpClient.newHttpClient();

  private Subject(BrokerProcess process) {
    this.process = process;
  }

  /**
   * Starts it with the image's small heap, by a command in front if there is one. Out of memory, it
   * would end, and the case fail.
   */
  static Subject start(Map<String, String> environment, String... prefix) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("JAVA_TOOL_OPTIONS", imageOptions());
    return new Subject(BrokerProcess.serve(List.of(prefix), BrokerProcess.thisJava(), all));
  }

  /** Those of the image's options that Java 17 knows. */
  static String imageOptions() {
    try (var lines = Files.lines(Path.of("../..", "deploy", "image", "jvm.options"))) {
      return lines
          .filter(line -> line.startsWith("-X") || line.startsWith("-D"))
          .filter(line -> !line.contains("AOT") && !line.contains("ArchiveRelocation"))
          .collect(Collectors.joining(" ", "-XX:+IgnoreUnrecognizedVMOptions ", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return process.listenPort();
  }

  /** The sum of all series that begin so. */
  double metric(String series) {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  boolean isReady() {
    return get("/readyz").statusCode() == 200;
  }

  boolean isLive() {
    return get("/livez").statusCode() == 200;
  }

  private HttpResponse<String> get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + process.adminPort() + path);
    try {
      return prober.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path + ": " + e, e);
    }
  }

  /** The most memory it ever had resident, in bytes (Linux: VmHWM), or what it has now. */
  long peakMemory() {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      return (long) metric("process_resident_memory_bytes");
    }
  }

  @Override
  public void close() {
    process.close();
  }
}

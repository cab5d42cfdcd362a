package dev.tokenbroker.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs az, one child process a question, none longer than allowed. */
final class AzProcess implements AutoCloseable {

  /** After its end, for what it wrote to arrive. */
  private static final long LAST_WORDS_MILLIS = 2000;

  /** An az that was logged in as a managed identity would ask this broker, which would ask az. */
  private static final List<String> WAYS_BACK =
      List.of(
          "IDENTITY_ENDPOINT",
          "IDENTITY_HEADER",
          "MSI_ENDPOINT",
          "MSI_SECRET",
          "AZURE_POD_IDENTITY_AUTHORITY_HOST");

  private final Map<String, String> environment;
  private final Duration timeout;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /** How it ended; its output may hold a token. */
  record Ended(int exitCode, String out, String err) {

    @Override
    public String toString() {
      return "Ended[exitCode=" + exitCode + "]";
    }
  }

  /** There is no az on the PATH. */
  static final class MissingException extends Exception {}

  /** It was ended because it took too long. */
  static final class SlowException extends Exception {}

  AzProcess(Map<String, String> environment, Duration timeout) {
    this.environment = Map.copyOf(environment);
    this.timeout = timeout;
  }

  Duration timeout() {
    return timeout;
  }

  /** Runs az with these arguments; it blocks. */
  Ended run(List<String> arguments)
      throws MissingException, SlowException, IOException, InterruptedException {
    boolean windows = AzCommand.onWindows();
    Path az = AzCommand.find(environment, windows).orElseThrow(MissingException::new);
    Process process = start(az, arguments);
    running.add(process);
    try {
      process.getOutputStream().close();
      BoundedText out = BoundedText.of(process.getInputStream(), "az-out");
      BoundedText err = BoundedText.of(process.getErrorStream(), "az-err");
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SlowException();
      }
      return new Ended(
          process.exitValue(), out.await(LAST_WORDS_MILLIS), err.await(LAST_WORDS_MILLIS));
    } finally {
      end(process);
      running.remove(process);
    }
  }

  private Process start(Path az, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(az.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> child = builder.environment();
    child.clear();
    child.putAll(environment);
    child.keySet().removeAll(WAYS_BACK);
    child.put("AZURE_CORE_ONLY_SHOW_ERRORS", "true");
    child.put("AZURE_CORE_NO_COLOR", "true");
    return builder.start();
  }

  /** Az is a script around Python, so the one that takes long is a child's child. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    running.forEach(AzProcess::end);
  }
}

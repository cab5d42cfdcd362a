package dev.tokenbroker.compat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A client at work. */
final class ClientProcess {

  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<String> out;
  private final CompletableFuture<String> err;

  /** How a client ended. */
  record Ended(int exitCode, String out, String err) {

    String lastLine() {
      return out.lines().reduce((first, last) -> last).orElse("");
    }

    /** What the client calls its own version. */
    Optional<String> version() {
      return out.lines()
          .filter(line -> line.startsWith("version "))
          .map(line -> line.substring("version ".length()))
          .findFirst();
    }
  }

  private ClientProcess(Process process) {
    this.process = process;
    this.out = text(process.inputReader(StandardCharsets.UTF_8), () -> started.complete(null));
    this.err = text(process.errorReader(StandardCharsets.UTF_8), () -> {});
  }

  static ClientProcess start(List<String> command, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    return new ClientProcess(process);
  }

  /** Whether it goes on for so long after it has said its version, which it does before it asks. */
  boolean keepsOnFor(long seconds) throws Exception {
    started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return !process.waitFor(seconds, TimeUnit.SECONDS);
  }

  Ended await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the client does not end: " + err.join());
    }
    return new Ended(process.exitValue(), out.join().strip(), err.join());
  }

  private static CompletableFuture<String> text(BufferedReader reader, Runnable firstLine) {
    return CompletableFuture.supplyAsync(
        () -> reader.lines().peek(line -> firstLine.run()).collect(Collectors.joining("\n")),
        run -> new Thread(run).start());
  }
}

package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.BrokerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An app in a process of its own, which knows of the broker by its variables alone. */
final class AppProcess {

  private static final long PATIENCE_SECONDS = 60;

  private AppProcess() {}

  /** How the app ended; {@code said} is all that it printed. */
  record Ended(int exitCode, String said) {}

  static Ended run(
      Class<?> app, Map<String, String> variables, List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(BrokerProcess.thisJava().toString()));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), app.getName()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("app", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String text = Files.readString(said, StandardCharsets.UTF_8);
      assertThat(ended).as("the app ends: " + text).isTrue();
      return new Ended(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
      Files.delete(said);
    }
  }
}

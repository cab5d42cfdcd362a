package dev.tokenbroker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.emulator.TemporaryFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The commands of README.md and docs/ that need nothing but the jar: the fences marked {@code sh
 * run}, of which a reader sees the first word only. Each line must end well and print something.
 */
class DocsIT {

  private static final String PRESET_ADDRESS = "127.0.0.1:16925";

  @Test
  void theReadmeHasSuchCommands() {
    assertThat(Markdown.read(Path.of("../README.md")).blocks("sh run")).isNotEmpty();
  }

  @TestFactory
  List<DynamicTest> everyCommandMarkedToRunEndsWell() throws Exception {
    List<DynamicTest> commands = new ArrayList<>();
    for (Path page : DocsTest.pages()) {
      for (String block : Markdown.read(page).blocks("sh run")) {
        block
            .lines()
            .forEach(
                line ->
                    commands.add(
                        DynamicTest.dynamicTest(
                            page.getFileName() + ": " + line, () -> runInAPod(line))));
      }
    }
    return commands;
  }

  private static void runInAPod(String line) throws Exception {
    Path jar = Path.of(System.getProperty("broker.jar"));
    try (TemporaryFolder folder = new TemporaryFolder("docs");
        Pod pod = new Pod();
        BrokerProcess broker = BrokerProcess.serve(BrokerProcess.thisJava(), pod.environment())) {
      Files.createSymbolicLink(folder.path().resolve("token-broker.jar"), jar);
      String here = line.replace(PRESET_ADDRESS, "127.0.0.1:" + broker.listenPort());
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-euo", "pipefail", "-c", here)
              .directory(folder.path().toFile())
              .redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> !name.equals("PATH"));
      environment.putAll(pod.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends: " + said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(said).isNotBlank().doesNotContain("\"error\"");
    }
  }
}

package dev.tokenbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.BrokerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The image's JVM keeps its memory, and the tokens in it, to itself. */
@EnabledOnOs(OS.LINUX)
class ImageOptionsTest {

  private static final Path OPTIONS = Path.of("../..", "deploy", "image", "jvm.options");
  private static final int SIGSEGV = 11;

  /** A JVM that does nothing but wait. */
  static final class Waiting {

    public static void main(String[] arguments) throws IOException {
      System.out.println("waiting");
      assertThat(System.in.read()).isNegative();
    }
  }

  private static boolean isAboutMemory(String option) {
    return option.matches(".*(CoreDump|Coredump|HeapDump|AttachMechanism).*");
  }

  @Test
  void aCrashLeavesNoCoreDump(@TempDir Path folder) throws Exception {
    Process jvm = start(folder);
    try {
      jvm.getInputStream().read();
      signal(jvm, SIGSEGV);
      String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(said).contains("CreateCoredumpOnCrash turned off, no core file dumped");
    } finally {
      jvm.destroyForcibly();
    }
  }

  @Test
  void noToolCanAttachAndTakeAHeapDump() throws IOException {
    assertThat(Files.readAllLines(OPTIONS))
        .contains("-XX:+DisableAttachMechanism")
        .noneMatch(option -> option.contains("+HeapDump"));
  }

  private static Process start(Path folder) throws IOException {
    List<String> command = new ArrayList<>(List.of(BrokerProcess.thisJava().toString()));
    Files.readAllLines(OPTIONS).stream()
        .filter(ImageOptionsTest::isAboutMemory)
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Waiting.class.getName()));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static void signal(Process jvm, int signal) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(jvm.pid())).start().waitFor())
        .isZero();
  }
}

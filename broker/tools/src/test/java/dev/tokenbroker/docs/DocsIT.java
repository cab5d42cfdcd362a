package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tokenbroker.testing.MarkdownPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documentation whose fences are marked {@code run}, of which a reader sees the
 * language only. Each must end well, or serve, and print what the page says; see {@link
 * CommandsInDocsTest} for the others.
 */
class DocsIT {

  /** Stands alone on the last line of an answer that goes on. */
  private static final String AND_SO_ON = "…";

  @TempDir private static Path folder;
  private static ReadersMachine machine;

  @BeforeAll
  static void aMachine() throws Exception {
    machine = new ReadersMachine(folder);
  }

  @AfterAll
  static void noMachine() {
    machine.close();
  }

  @Test
  void theReadmeHasSuchCommands() {
    assertThat(MarkdownPage.read(Path.of("../../README.md")).blocks("sh run")).isNotEmpty();
  }

  @TestFactory
  List<DynamicTest> everyCommandMarkedToRunEndsWell() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : DocsTest.pages()) {
      for (MarkdownPage.Fence fence : MarkdownPage.read(page).fences()) {
        if (fence.mark().equals("run")) {
          assertThat(ShownCommand.in(fence)).as(page + ": " + fence.text()).isNotEmpty();
          for (ShownCommand shown : ShownCommand.in(fence)) {
            String name = page.getFileName() + ": " + shown.command();
            tests.add(DynamicTest.dynamicTest(name, () -> endsWell(shown)));
          }
        }
      }
    }
    return tests;
  }

  private static void endsWell(ShownCommand shown) throws Exception {
    boolean laptop = shown.words().contains("dev");
    assumeTrue(!laptop || !Files.exists(Path.of("/var/run/secrets/kubernetes.io")), "is a pod");

    ReadersMachine.Ended ended = machine.run(shown.command());

    assertThat(ended.served() || ended.exitCode() == 0).as(ended.said()).isTrue();
    assertThat(ended.said()).isNotBlank().doesNotContain("\"error\"");
    shown.answer().ifPresent(answer -> assertPrinted(answer, ended.said()));
  }

  private static void assertPrinted(String answer, String said) {
    if (answer.strip().endsWith(AND_SO_ON)) {
      assertThat(said)
          .startsWith(answer.substring(0, answer.lastIndexOf(AND_SO_ON)).stripTrailing());
    } else {
      assertThat(said).isEqualTo(answer);
    }
  }
}

package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.TestProgram;
import dev.tokenbroker.testing.MarkdownPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What README.md shows of the program's output is what the program prints. */
class ReadmeTest {

  private static final MarkdownPage README = MarkdownPage.read(Path.of("../../README.md"));

  @Test
  void theVariablesOfAnAppAreThoseThatEnvPrints() {
    assertThat(README.fences().stream().map(MarkdownPage.Fence::text))
        .contains(TestProgram.output("env", "--output", "yaml"));
  }
}

package dev.tokenbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every byte of the jar is pulled by every node and mapped in every pod. */
class JarBudgetIT {

  private static final long BUDGET_BYTES = 10_000_000;

  @Test
  void theJarStaysWithinItsBudget() throws IOException {
    assertThat(Files.size(Path.of(System.getProperty("broker.jar"))))
        .isLessThanOrEqualTo(BUDGET_BYTES);
  }
}

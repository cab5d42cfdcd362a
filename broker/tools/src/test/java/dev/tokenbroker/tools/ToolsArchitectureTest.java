package dev.tokenbroker.tools;

import dev.tokenbroker.testing.ArchitecturePage;
import dev.tokenbroker.testing.ImportRules;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tools' table in docs/architecture.md. */
class ToolsArchitectureTest {

  private static final Map<String, List<String>> MAY_IMPORT =
      Map.of(
          "migrate", List.of("config", "inject", "token", "util"),
          "dev",
              List.of("assembly", "assertion", "config", "emulator", "identity", "json", "token"),
          "tools", List.of("assembly", "cli", "config", "dev", "migrate"));

  private static final ImportRules RULES = new ImportRules(MAY_IMPORT);

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyWhatItMay(String name) {
    RULES.importsOnlyWhatItMay(name);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    RULES.noTwoPackagesNeedEachOther();
  }

  @Test
  void everyPackageIsInTheTable() {
    RULES.everyPackageIsInTheTable();
  }

  @Test
  void theDocumentationHasTheSameTable() {
    ArchitecturePage.hasTheTable("tools", MAY_IMPORT);
    ArchitecturePage.hasTheTable("emulator", Map.of("emulator", List.of()));
  }

  @Test
  void thePictureHasEachPackageAboveItsImports() {
    ArchitecturePage.drawsAboveItsImports(MAY_IMPORT);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws Exception {
    ImportRules.everyPackageSaysWhatItIsFor();
  }
}

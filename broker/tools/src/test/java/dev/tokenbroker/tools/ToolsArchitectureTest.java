package dev.tokenbroker.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.ArchitecturePage;
import dev.tokenbroker.testing.ImportRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Files of the whole code base, tests included; a nested class has its outer one's name. */
  @Test
  void noTwoClassesShareASimpleName() throws IOException {
    Set<String> seen = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (String module : List.of("broker", "client-lib")) {
      try (Stream<Path> tree = Files.walk(Path.of("../..", module))) {
        tree.map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java") && !name.contains("-info"))
            .filter(name -> !seen.add(name))
            .forEach(twice::add);
      }
    }
    assertThat(twice).isEmpty();
    assertThat(seen).hasSizeGreaterThan(300);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws Exception {
    ImportRules.everyPackageSaysWhatItIsFor();
  }
}

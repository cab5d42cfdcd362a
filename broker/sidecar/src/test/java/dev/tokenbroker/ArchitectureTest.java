package dev.tokenbroker;

import dev.tokenbroker.testing.ArchitecturePage;
import dev.tokenbroker.testing.ImportRules;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sidecar's table in docs/architecture.md: imports run down only. */
class ArchitectureTest {

  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("token", List.of()),
          Map.entry("json", List.of()),
          Map.entry("util", List.of()),
          Map.entry("threads", List.of()),
          Map.entry("listener", List.of()),
          Map.entry("tls", List.of("util")),
          Map.entry("config", List.of("tls", "token")),
          Map.entry("logging", List.of("config", "json")),
          Map.entry("assertion", List.of("json")),
          Map.entry("identity", List.of("config", "json", "token", "util")),
          Map.entry("cache", List.of("threads", "token")),
          Map.entry(
              "exchange",
              List.of("assertion", "config", "json", "threads", "tls", "token", "util")),
          Map.entry("endpoint", List.of("config", "identity", "json", "listener", "token", "util")),
          Map.entry(
              "authority",
              List.of("config", "endpoint", "identity", "json", "listener", "tls", "token")),
          Map.entry("admin", List.of("assertion", "cache", "listener", "token", "util")),
          Map.entry("inject", List.of("config", "json", "listener", "tls", "util")),
          Map.entry(
              "assembly",
              List.of(
                  "admin",
                  "assertion",
                  "authority",
                  "cache",
                  "config",
                  "endpoint",
                  "exchange",
                  "identity",
                  "listener",
                  "logging",
                  "threads",
                  "tls",
                  "token",
                  "util")),
          Map.entry(
              "doctor", List.of("assembly", "assertion", "config", "exchange", "json", "token")),
          Map.entry(
              "cli",
              List.of(
                  "assembly",
                  "config",
                  "doctor",
                  "inject",
                  "listener",
                  "logging",
                  "tls",
                  "token")));

  /** What only some packages may know. */
  private static final Map<String, List<String>> KNOWN_IN =
      Map.of(
          "com.microsoft.aad..", List.of("exchange"),
          "picocli..", List.of("cli"),
          "io.micrometer..", List.of("admin", "inject"),
          "io.prometheus..", List.of("admin", "inject"),
          "org.snakeyaml..", List.of("config"),
          "com.fasterxml..", List.of("json"),
          // Not a module of the image's runtime.
          "java.net.http..", List.of(),
          "io.vertx.core.http..",
              List.of("endpoint", "authority", "admin", "exchange", "inject", "listener"));

  private static final ImportRules RULES = new ImportRules(MAY_IMPORT);

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyWhatItMay(String name) {
    RULES.importsOnlyWhatItMay(name);
  }

  static Stream<String> libraries() {
    return KNOWN_IN.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryIsKnownOnlyWhereItMustBe(String library) {
    RULES.isKnownOnlyIn(library, KNOWN_IN.get(library));
  }

  @Test
  void onlyTheProgramImportsTheCommandLine() {
    RULES.nothingOutsideOfTheRootImports("cli");
  }

  @Test
  void nothingImportsTheRoot() {
    RULES.nothingImportsTheRoot();
  }

  @Test
  void theSidecarStartsNoOtherProgram() {
    RULES.nothingDependsOn(ProcessBuilder.class);
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
    ArchitecturePage.hasTheTable("sidecar", MAY_IMPORT);
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

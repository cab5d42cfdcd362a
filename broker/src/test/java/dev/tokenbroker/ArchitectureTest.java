package dev.tokenbroker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of docs/architecture.md. */
class ArchitectureTest {

  private static final String ROOT = "dev.tokenbroker";

  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("token", List.of()),
          Map.entry("json", List.of()),
          Map.entry("threads", List.of()),
          Map.entry("assertion", List.of("json")),
          Map.entry("config", List.of()),
          Map.entry("certificate", List.of()),
          Map.entry("identity", List.of("token", "config", "json")),
          Map.entry("exchange", List.of("assertion", "json", "threads", "token")),
          Map.entry("cache", List.of("token")),
          Map.entry("listener", List.of()),
          Map.entry("endpoint", List.of("token", "identity", "certificate", "json", "listener")),
          Map.entry("admin", List.of("cache", "token", "listener")),
          Map.entry("status", List.of("assertion", "cache", "token")),
          Map.entry("laptop", List.of("json", "token")),
          Map.entry(
              "assembly",
              List.of(
                  "admin",
                  "assertion",
                  "cache",
                  "certificate",
                  "config",
                  "endpoint",
                  "exchange",
                  "identity",
                  "listener",
                  "logging",
                  "status",
                  "threads",
                  "token")),
          Map.entry("logging", List.of("config")),
          Map.entry("doctor", List.of("assembly", "assertion", "config", "exchange", "token")),
          Map.entry("inject", List.of("config", "certificate", "json", "listener")),
          Map.entry("migrate", List.of("config", "inject")),
          Map.entry(
              "cli",
              List.of(
                  "assembly",
                  "certificate",
                  "config",
                  "doctor",
                  "inject",
                  "listener",
                  "logging",
                  "token")),
          Map.entry(
              "tools",
              List.of(
                  "assembly",
                  "assertion",
                  "cli",
                  "config",
                  "identity",
                  "laptop",
                  "migrate",
                  "token")));

  /** What only some rooms may know. */
  private static final Map<String, List<String>> KNOWN_IN =
      Map.of(
          "com.microsoft.aad..", List.of("exchange"),
          "picocli..", List.of("cli", "tools"),
          "io.micrometer..", List.of("admin"),
          "io.prometheus..", List.of("admin"),
          "org.snakeyaml..", List.of("config", "migrate"),
          "com.fasterxml..", List.of("json"),
          // Not a module of the image's runtime.
          "java.net.http..", List.of(),
          "io.vertx.core.http..", List.of("endpoint", "admin", "exchange", "inject", "listener"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Stream<String> rooms() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomImportsOnlyWhatItMay(String room) {
    String[] allowed =
        Stream.concat(Stream.of(room), MAY_IMPORT.get(room).stream())
            .map(ArchitectureTest::inside)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(inside(room))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
        .check(CLASSES);
  }

  static Stream<String> libraries() {
    return KNOWN_IN.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryIsKnownOnlyWhereItMustBe(String library) {
    String[] rooms =
        KNOWN_IN.get(library).stream().map(ArchitectureTest::inside).toArray(String[]::new);

    noClasses()
        .that(not(resideInAnyPackage(rooms)))
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .check(CLASSES);
  }

  @Test
  void nothingReachesIntoTheRoot() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(CLASSES);
  }

  /** The sidecar's program must be whole without the other's. */
  @Test
  void onlyItsOwnProgramKnowsTheTools() {
    noClasses()
        .that()
        .resideOutsideOfPackage(inside("tools"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(inside("tools"), inside("laptop"), inside("migrate"))
        .check(CLASSES.that(not(resideInAnyPackage(inside("laptop"), inside("migrate")))));
  }

  @Test
  void onlyTheProgramsKnowTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, inside("cli"), inside("tools"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("cli"))
        .check(CLASSES);
  }

  @Test
  void noTwoRoomsNeedEachOther() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyRoomIsInTheTable() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1).replaceAll("\\..*", ""))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(MAY_IMPORT.keySet());
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws Exception {
    try (Stream<Path> tree = Files.walk(Path.of("src/main/java"))) {
      assertThat(tree.filter(ArchitectureTest::holdsJava))
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  private static boolean holdsJava(Path folder) {
    String[] files = folder.toFile().list((parent, name) -> name.endsWith(".java"));
    return files != null && Arrays.stream(files).findAny().isPresent();
  }

  private static String inside(String room) {
    return ROOT + "." + room + "..";
  }
}

package dev.tokenbroker.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which package of a module may import which, and which library only some of them may know. */
public final class ImportRules {

  private static final String ROOT = "dev.tokenbroker";

  /** The classes of the module that is being tested, not those of its dependencies. */
  private final JavaClasses classes = new ClassFileImporter().importPath(Path.of("target/classes"));

  private final Map<String, List<String>> mayImport;

  /**
   * @param mayImport of each package of the module, the packages of the project that it may import
   */
  public ImportRules(Map<String, List<String>> mayImport) {
    this.mayImport = mayImport;
  }

  public void importsOnlyWhatItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), mayImport.get(name).stream())
            .map(ImportRules::inside)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(inside(name))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
        .check(classes);
  }

  public void isKnownOnlyIn(String library, List<String> packages) {
    String[] inside = packages.stream().map(ImportRules::inside).toArray(String[]::new);
    noClasses()
        .that(not(resideInAnyPackage(inside)))
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .check(classes);
  }

  public void nothingDependsOn(Class<?> type) {
    noClasses().should().dependOnClassesThat().areAssignableTo(type).check(classes);
  }

  public void nothingOutsideOfTheRootImports(String name) {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT, inside(name))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside(name))
        .check(classes);
  }

  public void nothingImportsTheRoot() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(classes);
  }

  public void noTwoPackagesNeedEachOther() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  public void everyPackageIsInTheTable() {
    assertThat(
            classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1).replaceAll("\\..*", ""))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(mayImport.keySet());
  }

  public static void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> tree = Files.walk(Path.of("src/main/java"))) {
      assertThat(tree.filter(ImportRules::holdsJava))
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  private static boolean holdsJava(Path folder) {
    String[] files = folder.toFile().list((parent, name) -> name.endsWith(".java"));
    return files != null && Arrays.stream(files).findAny().isPresent();
  }

  private static String inside(String name) {
    return ROOT + "." + name + "..";
  }
}

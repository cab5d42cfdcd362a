package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the documentation that can run here is run by a test. A fence of shell is one of
 * three: {@code sh run} (or {@code console run}, with what is printed), which {@link DocsIT} runs;
 * {@code sh SomeTest}, which that test takes from the page; or {@code sh}, for what needs a
 * cluster, Azure, or is the build that runs the tests. A reader sees no difference.
 */
class CommandsInDocsTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final List<String> MODULES = List.of(".", "broker/sidecar", "broker/tools");

  /** What needs a cluster, an account of Azure, or runs these tests itself. */
  private static final Set<String> ELSEWHERE =
      Set.of("kubectl", "az", "mvn", "docker", "terraform");

  /** Of helm only what changes a cluster: charts are rendered by deploy/test/check. */
  private static final Set<String> HELM_ELSEWHERE = Set.of("install", "upgrade", "uninstall");

  private static final Set<String> PROGRAMS =
      Set.of("kubectl", "az", "mvn", "docker", "helm", "java", "token-broker", "curl", "bash", "$");

  private static final Pattern PROFILES = Pattern.compile("-P(\\w+(?:,\\w+)*)");
  private static final Pattern OURS = Pattern.compile("(?<![\\w/.:])deploy/[\\w./-]*\\w");

  static List<Path> pages() throws IOException {
    return DocsTest.pages();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aCommandThatNoTestRunsCannotRunHere(Path page) {
    for (MarkdownPage.Fence fence : MarkdownPage.read(page).fences()) {
      if (ShownCommand.isShell(fence) && fence.mark().isEmpty()) {
        assertThat(ShownCommand.in(fence))
            .isNotEmpty()
            .allMatch(shown -> isElsewhere(shown.words()), "needs more than this machine");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aFenceWithCommandsSaysSo(Path page) {
    assertThat(MarkdownPage.read(page).fences())
        .filteredOn(fence -> fence.language().isEmpty())
        .allSatisfy(
            fence ->
                assertThat(fence.text().lines())
                    .noneMatch(line -> PROGRAMS.contains(line.split(" ", 2)[0])));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void anIndentedCommandCannotRunHereEither(Path page) {
    assertThat(MarkdownPage.read(page).prose().lines())
        .filteredOn(line -> line.startsWith("    "))
        .map(line -> List.of(line.strip().split("\\s+")))
        .filteredOn(words -> PROGRAMS.contains(words.get(0)))
        .allMatch(CommandsInDocsTest::isElsewhere);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aTestThatAFenceNamesIsThereAndReadsThePage(Path page) throws IOException {
    for (MarkdownPage.Fence fence : MarkdownPage.read(page).fences()) {
      if (!fence.mark().isEmpty() && !fence.mark().equals("run")) {
        assertThat(source(fence.mark())).contains("docs/" + page.getFileName());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatACommandNamesOfThisRepositoryIsThere(Path page) {
    String text = MarkdownPage.read(page).text();
    assertThat(found(OURS, text)).allSatisfy(name -> assertThat(ROOT.resolve(name)).exists());
    assertThat(found(OURS, text))
        .filteredOn(name -> name.matches("deploy/(test|bench)/\\w+"))
        .allMatch(name -> Files.isDirectory(ROOT.resolve(name)) || isProgram(name));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aProfileOfMavenIsThere(Path page) throws IOException {
    String poms = "";
    for (String module : MODULES) {
      poms += Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    }
    String profiles = poms;
    assertThat(found(PROFILES, MarkdownPage.read(page).text()))
        .flatMap(option -> List.of(option.substring(2).split(",")))
        .allMatch(profile -> profiles.contains("<id>" + profile + "</id>"));
  }

  private static boolean isElsewhere(List<String> words) {
    String program = words.get(0);
    return ELSEWHERE.contains(program)
        || program.startsWith("deploy/test/")
        || (program.equals("helm") && HELM_ELSEWHERE.contains(words.get(1)));
  }

  private static boolean isProgram(String name) {
    return Files.isExecutable(ROOT.resolve(name));
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      Path source =
          files
              .filter(file -> file.toString().contains("src/test/java"))
              .filter(file -> file.endsWith(test + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no test is named " + test));
      return Files.readString(source);
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }
}

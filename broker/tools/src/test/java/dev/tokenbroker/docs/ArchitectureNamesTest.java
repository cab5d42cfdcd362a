package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names only classes that exist; {@link DocsTest} checks its links. */
class ArchitectureNamesTest {

  private static final Path ROOT = Path.of("../..");
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z][a-z]+[A-Z]\\w+|Broker|Dialect|Guard|Main|Router)`");

  /** A step in the way of a request: its number, class and package. */
  private static final Pattern STEP = Pattern.compile("(?m)^\\| \\d+ \\| `(\\w+)` \\| `(\\w+)` ");

  private final String prose = MarkdownPage.read(ROOT.resolve("docs/architecture.md")).prose();

  @Test
  void everyClassExists() throws IOException {
    List<String> files = files();

    assertThat(found(CLASS).map(name -> name.group(1)).distinct())
        .hasSizeGreaterThan(20)
        .filteredOn(name -> files.stream().noneMatch(file -> file.endsWith("/" + name + ".java")))
        .isEmpty();
  }

  @Test
  void everyStepOfARequestIsInItsPackage() throws IOException {
    List<String> files = files();

    assertThat(found(STEP).map(step -> "/" + step.group(2) + "/" + step.group(1) + ".java"))
        .hasSizeGreaterThan(8)
        .filteredOn(step -> files.stream().noneMatch(file -> file.endsWith(step)))
        .isEmpty();
  }

  private Stream<MatchResult> found(Pattern pattern) {
    return pattern.matcher(prose).results();
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(ROOT.resolve("broker"))) {
      return tree.map(Path::toString).filter(file -> file.endsWith(".java")).toList();
    }
  }
}

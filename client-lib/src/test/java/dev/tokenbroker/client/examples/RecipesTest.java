package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that docs/recipes.md tells people to copy is what is compiled and run here. */
class RecipesTest {

  private static final Path RECIPES = Path.of("../docs/recipes.md");
  private static final Path EXAMPLES = Path.of("src/test/java/dev/tokenbroker/client/examples");

  @ParameterizedTest
  @MethodSource
  void everyJavaBlockStandsInAnExample(String block) throws IOException {
    assertThat(examples()).contains(squeezed(block));
  }

  static List<String> everyJavaBlockStandsInAnExample() {
    return MarkdownPage.read(RECIPES).blocks("java");
  }

  private static String examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .filter(file -> !file.endsWith("RecipesTest.java"))
          .map(file -> squeezed(MarkdownPage.read(file).text()))
          .collect(Collectors.joining("\n"));
    }
  }

  /** Indentation, line ends and comments aside. */
  private static String squeezed(String code) {
    return code.replaceAll(" //.*", "").replaceAll("\\s+", " ").strip();
  }
}

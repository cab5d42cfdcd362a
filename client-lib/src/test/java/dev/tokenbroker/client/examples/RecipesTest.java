package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tokenbroker.client.Reply;
import dev.tokenbroker.client.StubBroker;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/recipes.md tells people to copy is what is compiled and run here. */
class RecipesTest {

  private static final Path RECIPES = Path.of("../docs/recipes.md");
  private static final Path EXAMPLES = Path.of("src/test/java/dev/tokenbroker/client/examples");

  @ParameterizedTest
  @MethodSource
  void everyJavaBlockStandsInAnExample(String block) throws IOException {
    assertThat(examples()).contains(squeezed(block));
  }

  static List<String> everyJavaBlockStandsInAnExample() throws IOException {
    return blocks("java");
  }

  @ParameterizedTest
  @CsvSource({"bash, bash, -c", "python, python3, -c", "powershell, pwsh, -Command"})
  void aScriptPrintsTheBrokersToken(String language, String program, String option)
      throws Exception {
    assumeTrue(isInstalled(program), program + " is not installed");
    try (StubBroker broker = new StubBroker()) {
      broker.answers(Reply.token("t1", Instant.now().plusSeconds(3600)));

      assertThat(output(broker, program, option, blocks(language).get(0))).isEqualTo("t1");
      assertThat(broker.onlySeen().query()).containsEntry("resource", "https://vault.azure.net");
    }
  }

  @Test
  void pyodbcGetsTheTokenInTheDriversShape() throws Exception {
    assumeTrue(isInstalled("python3"), "python3 is not installed");
    try (StubBroker broker = new StubBroker()) {
      assertThat(output(broker, "python3", "-c", blocks("python").get(1)))
          .isEqualTo("{1256: b'\\x04\\x00\\x00\\x00t\\x001\\x00'}");
    }
  }

  private static String output(StubBroker broker, String program, String option, String script)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(program, option, script).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("IDENTITY_ENDPOINT", broker.base() + "/msi/token");
    environment.put("IDENTITY_HEADER", "s3cret");
    environment.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", broker.base().toString());
    environment.put("http_proxy", "http://127.0.0.1:1"); // which nobody may ask
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.strip();
  }

  private static List<String> blocks(String language) throws IOException {
    Pattern fence = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
    return fence
        .matcher(Files.readString(RECIPES))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private static String examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .filter(file -> !file.endsWith("RecipesTest.java"))
          .map(RecipesTest::read)
          .map(RecipesTest::squeezed)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Indentation, line ends and comments aside. */
  private static String squeezed(String code) {
    return code.replaceAll(" //.*", "").replaceAll("\\s+", " ").strip();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}

package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md and the broker's sources hold the same texts, word for word. */
class ErrorTextsTest {

  private static final Path SOURCES = Path.of("../sidecar/src/main/java/dev/tokenbroker");
  private static final String PAGE =
      MarkdownPage.read(Path.of("../../docs/troubleshooting.md")).text().replace("`", "");

  /** The sections about the broker's own texts, up to those about other programs'. */
  private static final Pattern OWN =
      Pattern.compile("(?s)\n## The broker refuses\n.*?(?=\n## az\n)");

  private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

  /** Between a cause and its fix, which a colon joins when they are shown. */
  private static final Pattern CAUSE_AND_FIX = Pattern.compile("\"\\s*,\\s*\"");

  private static final Pattern REFUSAL =
      Pattern.compile(
          "[eE]rrorResponse(?:\\.\\w+)?\\((?:[^;\"]|\"[a-z_]*\")*\"([A-Z][a-z][^\"]+)\"");
  private static final Pattern SENTENCE = Pattern.compile("\"([A-Z][a-z]* \\w+ [^\"]+)\"");

  /** Enough to find a row by. */
  private static final int WORDS = 4;

  @Test
  void eachRefusalIsInTheTable() throws IOException {
    List<String> refusals = found(REFUSAL, sources("endpoint") + sources("authority"));

    assertThat(refusals).hasSizeGreaterThan(25).allSatisfy(ErrorTextsTest::assertIsFound);
  }

  @Test
  void eachProblemOnTheWayToEntraIsInTheTable() throws IOException {
    String problems =
        sources("exchange/ConnectionProblem.java")
            + sources("exchange/BreakerTokenSource.java")
            + sources("cache/NewKeyRateLimiter.java");

    assertThat(found(SENTENCE, problems))
        .hasSizeGreaterThan(8)
        .allSatisfy(ErrorTextsTest::assertIsFound);
  }

  @Test
  void noTextInTheTableIsForgottenByTheBroker() throws IOException {
    String sources = sources(".");
    List<String> texts =
        OWN.matcher(MarkdownPage.read(Path.of("../../docs/troubleshooting.md")).text())
            .results()
            .flatMap(section -> section.group().lines())
            .filter(line -> line.startsWith("| `"))
            .flatMap(row -> found(Pattern.compile("`([^`]+)`"), row.split(" \\| ")[0]).stream())
            .flatMap(text -> Stream.of(text.split("…")))
            .map(String::strip)
            .filter(part -> part.contains(" "))
            .toList();

    String shown = CAUSE_AND_FIX.matcher(sources).replaceAll(": ");
    assertThat(texts)
        .hasSizeGreaterThan(30)
        .allSatisfy(text -> assertThat(sources.contains(text) || shown.contains(text)).isTrue());
  }

  private static void assertIsFound(String text) {
    List<String> words = List.of(text.split(" "));
    assertThat(PAGE).contains(String.join(" ", words.subList(0, Math.min(WORDS, words.size()))));
  }

  /** A file, or all of a folder, with its literals in one piece. */
  private static String sources(String name) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES.resolve(name))) {
      String text =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .sorted()
              .map(file -> MarkdownPage.read(file).text())
              .collect(Collectors.joining("\n"));
      return JOINT.matcher(text).replaceAll("");
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult it) -> it.group(1)).toList();
  }
}

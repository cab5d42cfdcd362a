package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cli.TestProgram;
import dev.tokenbroker.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The program takes every command line that the documentation writes down, also within a line. */
class CommandLinesInDocsTest {

  private static final Pattern INLINE = Pattern.compile("`[^`\n]+`");
  private static final Pattern PLACEHOLDER = Pattern.compile("…|[A-Z]+");
  private static final Path ROOT = Path.of("../..");

  @Test
  void everySubcommandAndOptionInTheDocumentationExists() throws IOException {
    List<List<String>> lines = new ArrayList<>();
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      Stream.concat(docs, Stream.of(ROOT.resolve("README.md")))
          .filter(page -> page.toString().endsWith(".md"))
          .flatMap(page -> code(MarkdownPage.read(page)))
          .forEach(code -> lines.addAll(CommandLines.in(code)));
    }

    assertThat(lines).hasSizeGreaterThan(30);
    assertThat(lines).filteredOn(line -> !isTaken(line)).isEmpty();
  }

  /** A subcommand alone, or before a placeholder, stands for its name. */
  private static boolean isTaken(List<String> line) {
    boolean mentioned = line.size() == 1 || line.stream().anyMatch(PLACEHOLDER.asMatchPredicate());
    return (mentioned && TestProgram.topics().contains(line.get(0))) || TestProgram.takes(line);
  }

  private static Stream<String> code(MarkdownPage page) {
    Stream<String> fences =
        page.fences().stream()
            .filter(fence -> fence.language().matches("sh|console|"))
            .map(MarkdownPage.Fence::text);
    Stream<String> inline = INLINE.matcher(page.prose()).results().map(it -> it.group());
    Stream<String> indented = page.prose().lines().filter(line -> line.startsWith("    "));
    return Stream.of(fences, inline, indented).flatMap(text -> text);
  }
}

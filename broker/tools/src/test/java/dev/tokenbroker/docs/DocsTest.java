package dev.tokenbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.testing.MarkdownPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation: every link within it leads somewhere, and the index leads everywhere. */
class DocsTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path INDEX = ROOT.resolve("docs/README.md");

  /** All of docs/ and of the repository's root, and what deploy/ says of itself. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT);
        Stream<Path> deploy = Files.walk(ROOT.resolve("deploy"))) {
      return Stream.of(docs, top, deploy)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyRelativeLinkLeadsToAFileAndAHeadingThatAreThere(Path page) {
    assertThat(MarkdownPage.read(page).links())
        .filteredOn(link -> !link.contains("://"))
        .allSatisfy(link -> assertLeadsSomewhere(page, link));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theIndexListsEveryPage(Path page) {
    boolean inDocs = page.getParent().equals(INDEX.getParent());
    if (inDocs && !page.equals(INDEX)) {
      assertThat(MarkdownPage.read(INDEX).links())
          .anyMatch(link -> link.split("#", 2)[0].equals(page.getFileName().toString()));
    }
  }

  private static void assertLeadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    assertThat(target).exists();
    if (parts.length == 2) {
      assertThat(MarkdownPage.read(target).anchors()).contains(parts[1]);
    }
  }
}

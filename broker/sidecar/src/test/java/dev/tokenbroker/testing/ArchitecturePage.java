package dev.tokenbroker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the packages, and what each may import, from docs/architecture.md. */
public final class ArchitecturePage {

  /** {@code | `package` | module | what it holds | `import`, `import` |}. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| [^|]+ \\|([^|]*)\\|$");

  private static final Pattern WORD = Pattern.compile("\\w+");

  /** Folders and files, which are in the picture too. */
  private static final Pattern PATH = Pattern.compile("\\w+(?:[-./]\\w+)+");

  private static final MarkdownPage PAGE =
      MarkdownPage.read(Path.of("../..", "docs", "architecture.md"));

  private ArchitecturePage() {}

  /** The table names the packages of this module, and of each the same imports. */
  public static void hasTheTable(String module, Map<String, List<String>> mayImport) {
    Map<String, Set<String>> written = new TreeMap<>();
    ROW.matcher(PAGE.prose())
        .results()
        .filter(row -> row.group(2).equals(module))
        .forEach(row -> written.put(row.group(1), words(row.group(3))));
    Map<String, Set<String>> enforced = new TreeMap<>();
    mayImport.forEach((name, imports) -> enforced.put(name, Set.copyOf(imports)));
    assertThat(written).isEqualTo(enforced);
  }

  /** The picture shows each of these packages on a line above all that it imports. */
  public static void drawsAboveItsImports(Map<String, List<String>> mayImport) {
    List<String> lines = PAGE.block("text ArchitectureTest", "Main").lines().toList();
    Map<String, Integer> line = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      for (String word : words(PATH.matcher(lines.get(i)).replaceAll(""))) {
        line.put(word, i);
      }
    }
    assertThat(line).containsKeys(mayImport.keySet().toArray(String[]::new));
    mayImport.forEach(
        (name, imports) ->
            assertThat(imports)
                .as("imports of %s", name)
                .allSatisfy(each -> assertThat(line.get(each)).isGreaterThan(line.get(name))));
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}

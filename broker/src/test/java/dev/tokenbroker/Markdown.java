package dev.tokenbroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the documentation, as much of it as tests want to hold to its word. */
public record Markdown(Path file, String text) {

  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  public static Markdown read(Path file) {
    try {
      return new Markdown(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands in the fences of this language, in their order. */
  public List<String> blocks(String language) {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(text)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  /** The fenced block of this language that holds this text. */
  public String block(String language, String part) {
    return blocks(language).stream()
        .filter(block -> block.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " has no block with " + part));
  }

  /** Where its links lead, as they are written. */
  public List<String> links() {
    return LINK.matcher(prose()).results().map((MatchResult link) -> link.group(1)).toList();
  }

  /** The names of its headings, as GitHub makes them. */
  public List<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map((MatchResult heading) -> anchor(heading.group(1)))
        .toList();
  }

  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
        .replace(' ', '-');
  }

  private String prose() {
    return FENCE.matcher(text).replaceAll("");
  }
}

package dev.tokenbroker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the documentation, as much of it as tests want to hold to its word. */
public record MarkdownPage(Path file, String text) {

  private static final Pattern FENCE = Pattern.compile("(?ms)^```([^\n]*)\n(.*?)^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  public static MarkdownPage read(Path file) {
    try {
      return new MarkdownPage(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A fenced block.
   *
   * @param info what stands behind the opening fence; of it a reader's eye gets colours only
   */
  public record Fence(String info, String text) {

    public String language() {
      return info.split(" ", 2)[0];
    }

    /** The words behind the language, which are for tests. */
    public String mark() {
      return info.substring(language().length()).strip();
    }
  }

  /** Its fenced blocks, in their order. */
  public List<Fence> fences() {
    return FENCE
        .matcher(text)
        .results()
        .map((MatchResult block) -> new Fence(block.group(1), block.group(2)))
        .toList();
  }

  /** What stands in the fences with this behind the opening one, in their order. */
  public List<String> blocks(String info) {
    return fences().stream().filter(fence -> fence.info().equals(info)).map(Fence::text).toList();
  }

  /** The fenced block with this behind the opening fence, and this text in it. */
  public String block(String info, String part) {
    return blocks(info).stream()
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

  /** All that stands in no fence. */
  public String prose() {
    return FENCE.matcher(text).replaceAll("");
  }
}

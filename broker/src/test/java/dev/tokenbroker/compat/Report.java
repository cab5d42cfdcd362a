package dev.tokenbroker.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** docs/compatibility.md: what was tried, and how it ended. */
final class Report {

  private static final String HEAD =
      """
      # Compatibility

      Made by `mvn verify -Pcompat`: real clients, unmodified, against the packaged broker and the emulated Entra.
      `token-broker env --for CLIENT` prints the variables to copy.

      A number such as 4 of 4 counts the ways to name an identity that the client has: none, client id, object id, resource id.
      A dash means not tried; where a client is known to ignore the variable, the remarks say so.

      """;

  private record Score(int passed, int tried) {}

  private final Map<CompatClient, Map<Reach, Score>> scores = new LinkedHashMap<>();
  private final Map<CompatClient, Set<Selection>> limits = new LinkedHashMap<>();
  private final Map<CompatClient, String> missing = new LinkedHashMap<>();

  void record(CompatClient client, Reach reach, boolean passed) {
    scores
        .computeIfAbsent(client, key -> new EnumMap<>(Reach.class))
        .merge(
            reach,
            new Score(passed ? 1 : 0, 1),
            (a, b) -> new Score(a.passed + b.passed, a.tried + b.tried));
  }

  /** The client refuses by itself to name the identity so. */
  void ownLimit(CompatClient client, Reach reach, Selection selection) {
    limits.computeIfAbsent(client, key -> new TreeSet<>()).add(selection);
  }

  void notInstalled(CompatClient client, String why) {
    missing.put(client, why);
  }

  void write(Path file) throws IOException {
    StringBuilder page = new StringBuilder(HEAD).append("| client |");
    for (Reach reach : Reach.values()) {
      page.append(' ').append(reach.title).append(" |");
    }
    page.append(" remarks |\n|").append(" --- |".repeat(Reach.values().length + 2)).append('\n');
    for (CompatClient client : CompatClient.ALL) {
      page.append("| ").append(client.name()).append(" |");
      for (Reach reach : Reach.values()) {
        page.append(' ').append(cell(client, reach)).append(" |");
      }
      page.append(' ').append(remarks(client)).append(" |\n");
    }
    Files.writeString(file, page + sectionsOfOthers(file));
  }

  private static String sectionsOfOthers(Path file) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    int start = before.indexOf("\n## ");
    return start < 0 ? "" : before.substring(start);
  }

  private String remarks(CompatClient client) {
    if (!limits.containsKey(client)) {
      return client.remark();
    }
    String own = "By `MSI_ENDPOINT` it names identities by client id only: its own limit.";
    return client.remark().isEmpty() ? own : client.remark() + " " + own;
  }

  private String cell(CompatClient client, Reach reach) {
    if (!client.reaches().contains(reach)) {
      return "-";
    }
    Score score = scores.getOrDefault(client, Map.of()).get(reach);
    if (score == null) {
      return missing.containsKey(client) ? "not installed: " + missing.get(client) : "not tried";
    }
    return score.passed + " of " + score.tried;
  }
}

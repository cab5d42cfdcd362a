package dev.tokenbroker.migrate;

import java.util.List;

/** Pieces of a report; what comes from manifests cannot break out of them. */
final class Markdown {

  private static final int MAX = 1000;

  private Markdown() {}

  static String code(String text) {
    String shown = text.replaceAll("[\\p{Cntrl}`]", "?").replace("|", "\\|");
    return "`" + (shown.length() > MAX ? shown.substring(0, MAX) + "…" : shown) + "`";
  }

  static String table(List<String> header, List<List<String>> rows) {
    StringBuilder table = new StringBuilder();
    line(table, header);
    line(table, header.stream().map(cell -> "---").toList());
    rows.forEach(row -> line(table, row));
    return table.toString();
  }

  private static void line(StringBuilder table, List<String> cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}

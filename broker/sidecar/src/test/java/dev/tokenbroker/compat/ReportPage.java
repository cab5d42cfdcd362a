package dev.tokenbroker.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** docs/compatibility.md: an overview, the lines to copy, and each client by each way. */
final class ReportPage {

  private static final String HEAD =
      """
      # Compatibility

      Made by `mvn verify -Pcompat`: real clients, unmodified, against the packaged broker and an emulated Entra.
      Find your client, then copy the lines of its section; `token-broker env --for NAME` prints them for your port and secret.

      - `4 of 4`: the client got the right token in each way to name an identity that it has (none, client id, object id, resource id).
        Where it refuses by itself to name one so, that is not counted, and a remark says it.
      - ignores it: tried; the client asks 169.254.169.254 or nobody, never the broker.
      - not tried, not installed: nothing is known from this run.

      """;

  private static final String REDIRECT_ONLY =
      """
      They ask 169.254.169.254 whatever they are told; [kubernetes.md](kubernetes.md#redirection) says how a pod leads that address to the broker.

      """;

  private final CompatReport report;
  private final StringBuilder page = new StringBuilder(HEAD);

  ReportPage(CompatReport report) {
    this.report = report;
  }

  String text() {
    overview();
    Map<String, List<CompatClient>> families = new LinkedHashMap<>();
    for (CompatClient client : Clients.ALL) {
      String family = client.followsNothing() ? "" : client.family();
      families.computeIfAbsent(family, key -> new ArrayList<>()).add(client);
    }
    families.forEach(this::family);
    behaviours();
    page.append(StatusTable.TEXT);
    return page.toString();
  }

  private void overview() {
    row("client", "version", titles());
    page.append("| --- | --- |").append(" --- |".repeat(Reach.values().length)).append('\n');
    for (CompatClient client : Clients.ALL) {
      List<String> cells =
          List.of(Reach.values()).stream().map(reach -> report.result(client, reach)).toList();
      row(client.name(), report.version(client), cells);
    }
  }

  private static List<String> titles() {
    return List.of(Reach.values()).stream().map(reach -> reach.title).toList();
  }

  private void family(String family, List<CompatClient> clients) {
    page.append(
        switch (family) {
          case "python" -> "\n## Python\n\n";
          case "js" -> "\n## JavaScript\n\n";
          case "go" -> "\n## Go\n\n";
          case "java" -> "\n## Java\n\n";
          case "az" -> "\n## azure-cli\n\n";
          case "all" -> "\n## SQL Server by ODBC\n\n";
          default -> "\n## Clients that follow no variable\n\n" + REDIRECT_ONLY;
        });
    if (!family.isEmpty()) {
      page.append("```console run\n$ token-broker env --for ").append(family).append("\n");
      page.append(PrintedVariables.lines(family)).append("```\n\n");
    }
    page.append("| client | version | variables | dialect | result | remarks |\n");
    page.append("| --- | --- | --- | --- | --- | --- |\n");
    for (CompatClient client : clients) {
      for (Reach reach : Reach.values()) {
        if (!client.cases(reach).isEmpty()) {
          way(client, reach);
        }
      }
    }
  }

  private void way(CompatClient client, Reach reach) {
    String own = reach == Reach.ENV ? client.remark() : "";
    List<String> cells =
        List.of(
            reach.title,
            report.dialect(client, reach),
            report.result(client, reach),
            (own + " " + report.remarks(client, reach)).strip());
    row(client.name(), report.version(client), cells);
  }

  private void behaviours() {
    if (report.behaviours().isEmpty()) {
      return;
    }
    TreeSet<String> moments = new TreeSet<>();
    report.behaviours().values().forEach(each -> moments.addAll(each.keySet()));
    page.append(
        "\n## Hard moments\n\nWhat the clients do, told by `IDENTITY_ENDPOINT`.\n\n| client |");
    moments.forEach(moment -> page.append(' ').append(moment).append(" |"));
    page.append("\n|").append(" --- |".repeat(moments.size() + 1)).append('\n');
    report
        .behaviours()
        .forEach(
            (client, does) -> {
              page.append("| ").append(client).append(" |");
              moments.forEach(
                  moment ->
                      page.append(' ').append(does.getOrDefault(moment, "not tried")).append(" |"));
              page.append('\n');
            });
  }

  private void row(String client, String version, List<String> cells) {
    page.append("| ").append(client).append(" | ").append(version).append(" |");
    cells.forEach(cell -> page.append(' ').append(cell).append(" |"));
    page.append('\n');
  }
}

package dev.tokenbroker.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The section of docs/compatibility.md on clients that bring the federated token themselves. It
 * takes the place of the one that is there, and leaves all before it alone.
 */
final class AuthorityReport {

  static final String HEADING = "## With a federated token of their own\n";

  private static final String HEAD =
      HEADING
          + """

          Clients that take the pod's federated token to an authority, tried straight at the emulated Entra with the broker beside
          them, and through the broker's [authority on loopback](az.md). Twenty processes through it cause one exchange.
          A dash means not tried; az before 2.54 cannot be told of another authority.

          | client | straight | through the broker |
          | --- | --- | --- |
          """;

  private final Set<String> straight = new TreeSet<>();
  private final Map<String, String> through = new TreeMap<>();

  void straight(String client) {
    straight.add(client);
  }

  void through(String client, String how) {
    through.put(client, how);
  }

  void write(Path page) throws IOException {
    StringBuilder section = new StringBuilder(HEAD);
    Set<String> clients = new TreeSet<>(straight);
    clients.addAll(through.keySet());
    for (String client : clients) {
      section
          .append("| ")
          .append(client)
          .append(straight.contains(client) ? " | works | " : " | - | ")
          .append(through.getOrDefault(client, "-"))
          .append(" |\n");
    }
    synchronized (CompatReport.SHARED) {
      String before = Files.exists(page) ? Files.readString(page) : "";
      int start = before.indexOf(HEADING);
      String kept = (start < 0 ? before : before.substring(0, start)).stripTrailing();
      Files.writeString(page, kept.isEmpty() ? section : kept + "\n\n" + section);
    }
  }

  /** The section as the page has it, for whoever writes what stands before it. */
  static String sectionOf(Path page) throws IOException {
    String before = Files.exists(page) ? Files.readString(page) : "";
    int start = before.indexOf(HEADING);
    return start < 0 ? "" : "\n" + before.substring(start);
  }
}

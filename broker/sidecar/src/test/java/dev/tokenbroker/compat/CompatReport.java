package dev.tokenbroker.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was tried, and how it ended; docs/compatibility.md in the end. */
final class CompatReport {

  /** Of all test classes of a run. */
  static final CompatReport SHARED = new CompatReport();

  /** How a case ended. */
  enum Result {
    PASSED,
    FAILED,
    LIMITED,
    IGNORED
  }

  private final Map<Case, Result> results = new LinkedHashMap<>();
  private final Map<CompatClient, String> versions = new LinkedHashMap<>();
  private final Map<CompatClient, String> missing = new LinkedHashMap<>();
  private final Map<Case, Set<String>> dialects = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> behaviours = new TreeMap<>();

  private CompatReport() {}

  void passed(Case tried, ClientProcess.Ended ended, RequestCounts requests) {
    record(tried, Result.PASSED, ended, requests);
  }

  void failed(Case tried, ClientProcess.Ended ended, RequestCounts requests) {
    record(tried, Result.FAILED, ended, requests);
  }

  void limited(Case tried, ClientProcess.Ended ended, RequestCounts requests) {
    record(tried, Result.LIMITED, ended, requests);
  }

  void ignored(Case tried, ClientProcess.Ended ended, RequestCounts requests) {
    record(tried, Result.IGNORED, ended, requests);
  }

  private synchronized void record(
      Case tried, Result result, ClientProcess.Ended ended, RequestCounts requests) {
    results.put(tried, result);
    ended.version().ifPresent(version -> versions.put(tried.client(), version));
    dialects.put(tried, requests.served());
  }

  synchronized void notInstalled(CompatClient client, String why) {
    missing.put(client, why);
  }

  /** What a client does in a hard moment. */
  synchronized void behaviour(String client, String moment, String does) {
    behaviours.computeIfAbsent(client, key -> new TreeMap<>()).put(moment, does);
  }

  synchronized void write() throws IOException {
    Path file = Path.of(System.getProperty("compat.report"));
    Files.writeString(file, new ReportPage(this).text() + AuthorityReport.sectionOf(file));
  }

  String version(CompatClient client) {
    return versions.getOrDefault(client, "unknown");
  }

  Map<String, Map<String, String>> behaviours() {
    return behaviours;
  }

  List<Result> results(CompatClient client, Reach reach) {
    return client.cases(reach).stream()
        .map(selection -> new Case(client, reach, selection))
        .filter(results::containsKey)
        .map(results::get)
        .toList();
  }

  String dialect(CompatClient client, Reach reach) {
    TreeSet<String> all = new TreeSet<>();
    dialects.forEach(
        (tried, spoken) -> {
          if (tried.client().equals(client) && tried.reach() == reach) {
            all.addAll(spoken);
          }
        });
    return String.join(", ", all);
  }

  String result(CompatClient client, Reach reach) {
    boolean variables = reach != Reach.REDIRECT;
    Reach tried = variables && client.followsNothing() ? Reach.ENV : reach;
    List<Result> all = results(client, tried);
    if (all.isEmpty()) {
      return missing.containsKey(client) ? "not installed" : "not tried";
    }
    if (all.contains(Result.IGNORED)) {
      return "ignores it";
    }
    long limited = all.stream().filter(Result.LIMITED::equals).count();
    long passed = all.stream().filter(Result.PASSED::equals).count();
    return passed + " of " + (all.size() - limited);
  }

  /** Why the client does less by this way than it could. */
  String remarks(CompatClient client, Reach reach) {
    if (missing.containsKey(client)) {
      return missing.get(client);
    }
    TreeSet<String> remarks = new TreeSet<>();
    for (Selection selection : client.cases(reach)) {
      client
          .limit(reach, selection)
          .filter(limit -> results.get(new Case(client, reach, selection)) == Result.LIMITED)
          .ifPresent(limit -> remarks.add(limit.remark()));
    }
    return String.join(" ", remarks);
  }
}

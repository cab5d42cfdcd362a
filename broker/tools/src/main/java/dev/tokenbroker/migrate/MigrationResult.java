package dev.tokenbroker.migrate;

import java.util.List;
import java.util.SortedMap;

/** The result of a migration. */
public sealed interface MigrationResult {

  /**
   * All was read.
   *
   * @param report Markdown
   * @param files texts by relative path
   */
  record Done(String report, SortedMap<String, String> files) implements MigrationResult {}

  /**
   * The input gives different access depending on how pod identity ran, and nobody said how.
   *
   * @param namespaced federated credentials if each workload gets its own namespace's identities
   * @param clusterWide federated credentials if it gets those of every namespace
   */
  record Ambiguous(int namespaced, int clusterWide) implements MigrationResult {}

  /** Something could not be read, so that nothing can be said: one line for each problem. */
  record Unreadable(List<String> problems) implements MigrationResult {}
}

package dev.tokenbroker.migrate;

import java.util.List;
import java.util.SortedMap;

/** What came of it. */
public sealed interface MigrationResult {

  /**
   * All was read.
   *
   * @param report Markdown
   * @param files texts by relative path
   */
  record Done(String report, SortedMap<String, String> files) implements MigrationResult {}

  /** Something could not be read, so that nothing can be said: one line for each problem. */
  record Unreadable(List<String> problems) implements MigrationResult {}
}

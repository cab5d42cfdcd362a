package dev.tokenbroker.config;

import java.util.List;

/** A piece of a YAML document, with the line it starts on (counted from 1). */
sealed interface YamlNode {

  int line();

  /**
   * A value.
   *
   * @param text as written, without quotes
   * @param blank whether nothing was written, or {@code null} or {@code ~}
   */
  record Scalar(String text, boolean blank, int line) implements YamlNode {}

  /** A list. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {}

  /** Keys and values in the order of the file, duplicates included. */
  record Mapping(List<Entry> entries, int line) implements YamlNode {}

  /** One key of a mapping. */
  record Entry(String key, int line, YamlNode value) {}
}

package dev.tokenbroker.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of the YAML file, flat, by concrete path: {@code listen}, {@code limits.keys},
 * {@code identities[0].clientId}. Only paths of the table are in it; all else became a problem.
 */
final class FileSettings {

  private static final int MAX_BYTES = 1 << 20;

  private final String name;
  private final List<Problem> problems;
  private final Map<String, Yaml.Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> sizes = new LinkedHashMap<>();
  private boolean complete = true;

  private FileSettings(String name, List<Problem> problems) {
    this.name = name;
    this.problems = problems;
  }

  static FileSettings none() {
    return new FileSettings("", List.of());
  }

  static FileSettings read(Path file, List<Problem> problems) {
    FileSettings settings = new FileSettings(file.toString(), problems);
    try {
      String text = utf8(SmallFile.read(file, MAX_BYTES));
      Yaml.read(text).ifPresent(root -> settings.take("", "", root));
    } catch (CharacterCodingException e) {
      settings.refuseAll("it is not UTF-8");
    } catch (IOException e) {
      settings.refuseAll(SmallFile.reason(e));
    } catch (Yaml.NotYaml e) {
      settings.refuseAll(String.valueOf(e.getMessage()));
    }
    return settings;
  }

  Optional<Yaml.Node> get(String path) {
    return Optional.ofNullable(values.get(path));
  }

  /** Returns how many items the list at {@code path} has; empty if the file has no such list. */
  Optional<Integer> size(String path) {
    return Optional.ofNullable(sizes.get(path));
  }

  /** Returns whether every branch could be followed, so that what is missing is really missing. */
  boolean isComplete() {
    return complete;
  }

  /** File and line, as in {@code /etc/broker.yaml:7}. */
  String position(int line) {
    return name + ":" + line;
  }

  /**
   * Takes over a node.
   *
   * @param path where it stands, with indexes
   * @param row the same path as the table writes it, with {@code []}
   */
  private void take(String path, String row, Yaml.Node node) {
    if (row.isEmpty() || !children(row + ".").isEmpty()) {
      if (node instanceof Yaml.Mapping mapping) {
        takeEntries(path, row, mapping);
      } else {
        refuseBranch(path, node, "a mapping of keys to values");
      }
    } else if (!children(row + "[].").isEmpty()) {
      if (node instanceof Yaml.Sequence list && !list.items().isEmpty()) {
        sizes.put(path, list.items().size());
        for (int i = 0; i < list.items().size(); i++) {
          take(path + "[" + i + "]", row + "[]", list.items().get(i));
        }
      } else {
        refuseBranch(path, node, "a list with at least one item, or no such key");
      }
    } else {
      values.put(path, node);
    }
  }

  private void takeEntries(String path, String row, Yaml.Mapping mapping) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    Set<String> known = children(row.isEmpty() ? "" : row + ".");
    for (Yaml.Entry entry : mapping.entries()) {
      String key = entry.key();
      String label = join(path, key) + " (" + position(entry.line()) + ")";
      Integer firstLine = seen.putIfAbsent(key, entry.line());
      if (!known.contains(key)) {
        String near = Suggestion.didYouMean(key, known);
        refuse(
            Redacted.plain(label), "an unknown key", "one of " + String.join(", ", known) + near);
      } else if (firstLine != null) {
        refuse(label, "the key again", "it once; it is on line " + firstLine + " too");
      } else {
        take(join(path, key), join(row, key), entry.value());
      }
    }
  }

  /** The keys the table has directly below {@code prefix}. */
  private static Set<String> children(String prefix) {
    Set<String> children = new TreeSet<>();
    for (Setting<?> setting : Settings.ALL) {
      String path = setting.path().orElse("");
      if (!path.isEmpty() && path.startsWith(prefix)) {
        children.add(path.substring(prefix.length()).split("[.\\[]", 2)[0]);
      }
    }
    return children;
  }

  /** The file as a whole is of no use. */
  private void refuseAll(String reason) {
    complete = false;
    String found = Redacted.of(name) + " (" + reason + ")";
    refuse(Settings.CONFIG.label(), found, Settings.CONFIG.expected());
  }

  /** A branch of it cannot be followed. */
  private void refuseBranch(String path, Yaml.Node node, String expected) {
    complete = false;
    String key = path.isEmpty() ? Settings.CONFIG.label() : path;
    refuse(key + " (" + position(node.line()) + ")", Redacted.kind(node), expected);
  }

  private void refuse(String key, String found, String expected) {
    problems.add(new Problem(key, found, expected));
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}

package dev.tokenbroker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads settings: the environment first, then the file, then the default. An invalid value becomes
 * a problem, and the result is then empty; nothing is thrown.
 */
final class SettingsReader {

  /**
   * A text that somebody set, and where.
   *
   * @param label how a message names the place: the variable, or path, file and line
   */
  private record RawValue(String label, String text) {}

  private final Map<String, String> environment;
  private final FileSettings file;
  private final List<Problem> problems;

  SettingsReader(Map<String, String> environment, FileSettings file, List<Problem> problems) {
    this.environment = environment;
    this.file = file;
    this.problems = problems;
  }

  FileSettings file() {
    return file;
  }

  /** The value, or empty if there is none or it does not fit. */
  <T> Optional<T> one(Setting<T> setting) {
    Optional<RawValue> given = variable(setting);
    if (given.isEmpty()) {
      Optional<Yaml.Node> node = node(setting);
      if (node.isPresent()) {
        return scalar(setting, node.get()).flatMap(g -> parse(setting, g));
      }
      given = setting.fallback().map(text -> new RawValue(setting.label(), text));
    }
    return given.flatMap(g -> parse(setting, g));
  }

  /** The same for a setting there must be; {@code hint} says how one usually gets it. */
  <T> Optional<T> required(Setting<T> setting, String hint) {
    // A file that was not understood may well hold it.
    if (!isSet(setting) && file.isComplete()) {
      problems.add(new Problem(setting.label(), "nothing", setting.expected() + hint));
    }
    return one(setting);
  }

  /** A list: separated by commas in the environment, a YAML list in the file. Empty if not set. */
  <T> Optional<List<T>> many(Setting<T> setting) {
    return givenMany(setting).map(all -> parseAll(setting, all));
  }

  boolean isSet(Setting<?> setting) {
    return variable(setting).isPresent() || node(setting).isPresent();
  }

  /** Returns how many problems there are so far. */
  int problems() {
    return problems.size();
  }

  /** Returns whether the file has it as {@code []}. */
  boolean isEmptyList(Setting<?> setting) {
    return node(setting).orElse(null) instanceof Yaml.Sequence list && list.items().isEmpty();
  }

  /** Returns how a message names the place where it is set, or could be. */
  String label(Setting<?> setting) {
    return variable(setting)
        .map(RawValue::label)
        .or(() -> node(setting).map(node -> label(setting, node)))
        .orElseGet(setting::label);
  }

  private Optional<List<RawValue>> givenMany(Setting<?> setting) {
    Optional<RawValue> variable = variable(setting);
    if (variable.isPresent()) {
      List<RawValue> all = new ArrayList<>();
      for (String text : variable.get().text().split(",", -1)) {
        all.add(new RawValue(variable.get().label(), text.strip()));
      }
      return Optional.of(all);
    }
    return node(setting).flatMap(node -> items(setting, node));
  }

  private Optional<List<RawValue>> items(Setting<?> setting, Yaml.Node node) {
    if (!(node instanceof Yaml.Sequence list)) {
      refuse(label(setting, node), Redacted.kind(node), "a list, each item " + setting.expected());
      return Optional.empty();
    }
    List<RawValue> all = new ArrayList<>();
    for (Yaml.Node item : list.items()) {
      scalar(setting, item).ifPresent(all::add);
    }
    return Optional.of(all);
  }

  private <T> List<T> parseAll(Setting<T> setting, List<RawValue> all) {
    List<T> values = new ArrayList<>();
    for (RawValue given : all) {
      parse(setting, given).filter(value -> !values.contains(value)).ifPresent(values::add);
    }
    return values;
  }

  private <T> Optional<T> parse(Setting<T> setting, RawValue given) {
    try {
      if (given.text().isEmpty()) {
        throw new IllegalArgumentException("empty");
      }
      return Optional.of(setting.parser().apply(given.text()));
    } catch (IllegalArgumentException e) {
      String found = setting.secret() ? "a value that is not shown" : Redacted.of(given.text());
      refuse(given.label(), found + " (" + e.getMessage() + ")", setting.expected());
      return Optional.empty();
    }
  }

  /** An empty variable is one that is not set: a Pod spec cannot unset what an image sets. */
  private Optional<RawValue> variable(Setting<?> setting) {
    for (String name : setting.variables()) {
      String text = environment.getOrDefault(name, "").strip();
      if (!text.isEmpty()) {
        return Optional.of(new RawValue(name, text));
      }
    }
    return Optional.empty();
  }

  private Optional<Yaml.Node> node(Setting<?> setting) {
    return setting.path().flatMap(file::get);
  }

  private Optional<RawValue> scalar(Setting<?> setting, Yaml.Node node) {
    if (node instanceof Yaml.Scalar scalar && !scalar.blank()) {
      return Optional.of(new RawValue(label(setting, node), scalar.text()));
    }
    refuse(label(setting, node), Redacted.kind(node), setting.expected());
    return Optional.empty();
  }

  private String label(Setting<?> setting, Yaml.Node node) {
    String position = file.position(node.line());
    return setting.variables().isEmpty()
        ? setting.label() + " (" + position + ")"
        : setting.variables().get(0) + " (" + setting.path().orElseThrow() + ", " + position + ")";
  }

  /** Adds a problem with this setting, naming the place where it is set. */
  void refuse(Setting<?> setting, String found, String expected) {
    refuse(label(setting), found, expected);
  }

  private void refuse(String label, String found, String expected) {
    problems.add(new Problem(label, found, expected));
  }
}

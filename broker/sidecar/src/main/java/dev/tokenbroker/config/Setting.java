package dev.tokenbroker.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One key that the operator may set. The loader, the help and the documentation all read this row.
 *
 * @param variables its environment variables, the first one wins; none if only the file has it
 * @param path its path in the file, such as {@code limits.keys}; empty if only the environment has
 *     it
 * @param fallback the value it has when it is not set; empty if there is none
 * @param expected what a value must look like and its bounds, worded to follow "expected"
 * @param description what it does, one line
 * @param parser turns text into a value, or throws IllegalArgumentException with a short reason
 *     that never repeats the text
 * @param secret whether no message may show its value
 */
public record Setting<T>(
    List<String> variables,
    Optional<String> path,
    Optional<String> fallback,
    String expected,
    String description,
    Function<String, T> parser,
    boolean secret) {

  public Setting {
    variables = List.copyOf(variables);
  }

  /** A setting of the environment only, without a default. */
  public static <T> Setting<T> inEnvironment(
      String variable, String expected, String description, Function<String, T> parser) {
    return new Setting<>(
        List.of(variable),
        Optional.empty(),
        Optional.empty(),
        expected,
        description,
        parser,
        false);
  }

  /** A setting of the file only, without a default. */
  static <T> Setting<T> inFile(
      String path, String expected, String description, Function<String, T> parser) {
    return new Setting<>(
        List.of(), Optional.of(path), Optional.empty(), expected, description, parser, false);
  }

  /** A setting whose values are the constants of an enumeration, in lower case. */
  public static <E extends Enum<E>> Setting<E> choice(
      String variable, Class<E> type, E fallback, String description) {
    return inEnvironment(
            variable, Values.choices(type), description, text -> Values.constant(type, text))
        .withDefault(Values.word(fallback));
  }

  /** The same row with a default, which must be a valid value. */
  public Setting<T> withDefault(String value) {
    return new Setting<>(
        variables, path, Optional.of(value), expected, description, parser, secret);
  }

  /** The same row, whose text may be in upper or lower case. */
  public Setting<T> inAnyCase() {
    Function<String, T> lowerCase = text -> parser.apply(text.toLowerCase(Locale.ROOT));
    return new Setting<>(variables, path, fallback, expected, description, lowerCase, secret);
  }

  /** The same row, in the file, too. */
  Setting<T> withPath(String inFile) {
    return new Setting<>(
        variables, Optional.of(inFile), fallback, expected, description, parser, secret);
  }

  /** The same row with another variable that counts if the first one is not set. */
  Setting<T> withVariable(String second) {
    return new Setting<>(
        List.of(variables.get(0), second), path, fallback, expected, description, parser, secret);
  }

  /** The same row, but its value is never shown. */
  Setting<T> hidden() {
    return new Setting<>(variables, path, fallback, expected, description, parser, true);
  }

  /** The same setting of one item of a list: {@code identities[].name} at 2 is item 2's name. */
  Setting<T> at(int index) {
    return withPath(path.orElseThrow().replace("[]", "[" + index + "]"));
  }

  /** Returns how a message names it when it is set nowhere: {@code BROKER_LISTEN (listen)}. */
  public String label() {
    if (variables.isEmpty()) {
      return path.orElseThrow();
    }
    return variables.get(0) + path.map(p -> " (" + p + ")").orElse("");
  }
}

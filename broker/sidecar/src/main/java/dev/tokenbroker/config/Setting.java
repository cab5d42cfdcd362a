package dev.tokenbroker.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One key the operator may set. The loader, the help and the documentation all read this row.
 *
 * @param variables its environment variables, the first one wins; none if only the file has it
 * @param path its path in the file, such as {@code limits.keys}; empty if only the environment has
 *     it
 * @param fallback the value it has when it is not set; empty if there is none
 * @param expected what a value must look like, worded to follow "expected"
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

  static <T> Setting<T> of(
      String variable,
      String path,
      Optional<String> fallback,
      String expected,
      String description,
      Function<String, T> parser) {
    return new Setting<>(
        List.of(variable), Optional.of(path), fallback, expected, description, parser, false);
  }

  static <T> Setting<T> inFile(
      String path, String expected, String description, Function<String, T> parser) {
    return new Setting<>(
        List.of(), Optional.of(path), Optional.empty(), expected, description, parser, false);
  }

  static <T> Setting<T> inEnvironment(
      List<String> variables, String expected, String description, Function<String, T> parser) {
    return new Setting<>(
        variables, Optional.empty(), Optional.empty(), expected, description, parser, false);
  }

  /** The same row, but its value is never shown. */
  Setting<T> hidden() {
    return new Setting<>(variables, path, fallback, expected, description, parser, true);
  }

  /** The same setting of one item of a list: {@code identities[].name} at 2 is item 2's name. */
  Setting<T> at(int index) {
    return new Setting<>(
        variables,
        path.map(p -> p.replace("[]", "[" + index + "]")),
        fallback,
        expected,
        description,
        parser,
        secret);
  }

  /** How a message names it when it is set nowhere: {@code BROKER_LISTEN (listen)}. */
  public String label() {
    if (variables.isEmpty()) {
      return path.orElseThrow();
    }
    return variables.get(0) + path.map(p -> " (" + p + ")").orElse("");
  }
}

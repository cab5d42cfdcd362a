package dev.tokenbroker.cli;

import dev.tokenbroker.config.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Options of a subcommand, given as {@code --name value} or {@code --name=value}. */
final class Options {

  private final Map<String, String> values = new HashMap<>();

  private Options() {}

  /** The command line cannot be understood; says why. */
  static final class MisusedException extends Exception {

    private final String complaint;

    MisusedException(String complaint) {
      super(complaint, null, false, false);
      this.complaint = complaint;
    }

    String complaint() {
      return complaint;
    }
  }

  static Options parse(List<String> arguments, List<String> known) throws MisusedException {
    Options options = new Options();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      if (!known.contains(option)) {
        String kind = option.startsWith("-") ? "unknown option " : "unexpected argument ";
        String near = Suggestion.didYouMean(option, known);
        throw new MisusedException(kind + Arguments.quote(option) + near);
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        throw new MisusedException(option + " needs a value");
      }
      String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
      if (value.isBlank() || known.contains(value)) {
        throw new MisusedException(option + " needs a value");
      }
      if (options.values.putIfAbsent(option, value) != null) {
        throw new MisusedException(option + " is given twice");
      }
    }
    return options;
  }

  Optional<String> get(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /** The constant that an option names, without regard to case. */
  <E extends Enum<E>> E choice(String option, Class<E> type, E fallback) throws MisusedException {
    Optional<String> value = get(option);
    if (value.isEmpty()) {
      return fallback;
    }
    for (E constant : type.getEnumConstants()) {
      if (name(constant).equalsIgnoreCase(value.get())) {
        return constant;
      }
    }
    throw new MisusedException(
        option + " must be " + names(type) + ", not " + Arguments.quote(value.get()));
  }

  /** {@code json, raw or env}. */
  private static <E extends Enum<E>> String names(Class<E> type) {
    List<String> names = List.of(type.getEnumConstants()).stream().map(Options::name).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

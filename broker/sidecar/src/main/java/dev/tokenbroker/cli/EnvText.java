package dev.tokenbroker.cli;

import dev.tokenbroker.token.PosixShell;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Variables as text for a shell, for a container's {@code env}, or for a program. */
final class EnvText {

  static final Set<String> SECRETS = Set.of("IDENTITY_HEADER", "MSI_SECRET");

  private EnvText() {}

  /**
   * The text.
   *
   * @param commands to run once, with the variables set: lines for the shell, a comment in YAML, an
   *     array "commands" in JSON
   */
  static String of(
      EnvCommand.Output output,
      Map<String, String> variables,
      List<String> commands,
      boolean secretIsSet) {
    return switch (output) {
      case SHELL -> shell(variables) + lines("", commands);
      case POWERSHELL -> powershell(variables) + lines("", commands);
      case YAML -> yaml(variables, secretIsSet) + comment(commands);
      case JSON -> json(variables, commands);
    };
  }

  private static String comment(List<String> commands) {
    return commands.isEmpty() ? "" : "# Then once, in the container:\n" + lines("#   ", commands);
  }

  private static String lines(String prefix, List<String> commands) {
    return commands.stream().map(command -> prefix + command + "\n").collect(Collectors.joining());
  }

  private static String shell(Map<String, String> variables) {
    return assignments(variables, "export ", "=", PosixShell::quoted);
  }

  /** A single quote within single quotes is doubled there. */
  private static String powershell(Map<String, String> variables) {
    return assignments(variables, "$env:", " = ", value -> "'" + value.replace("'", "''") + "'");
  }

  private static String assignments(
      Map<String, String> variables, String before, String between, UnaryOperator<String> quoted) {
    StringBuilder text = new StringBuilder();
    variables.forEach(
        (name, value) ->
            text.append(before)
                .append(name)
                .append(between)
                .append(quoted.apply(value))
                .append('\n'));
    return text.toString();
  }

  /** A manifest ends up in a repository, so a secret that is one is only referred to. */
  private static String yaml(Map<String, String> variables, boolean secretIsSet) {
    StringBuilder text = new StringBuilder("env:\n");
    variables.forEach(
        (name, value) -> {
          text.append("  - name: ").append(name).append('\n');
          if (secretIsSet && SECRETS.contains(name)) {
            text.append("    valueFrom:\n      secretKeyRef:\n");
            text.append("        name: token-broker\n        key: identity-header\n");
          } else {
            // A JSON string is one of YAML, too (YAML 1.2 section 1.3).
            text.append("    value: ").append(Json.encode(value)).append('\n');
          }
        });
    return text.toString();
  }

  private static String json(Map<String, String> variables, List<String> commands) {
    JsonObject object = new JsonObject();
    variables.forEach(object::put);
    if (!commands.isEmpty()) {
      object.put("commands", new JsonArray(commands));
    }
    return object.encodePrettily() + "\n";
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.EnvOutput;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** Variables as text for a shell, for a container's {@code env}, or for a program. */
final class EnvText {

  static final Set<String> SECRETS = Set.of("IDENTITY_HEADER", "MSI_SECRET");

  private EnvText() {}

  static String of(EnvOutput output, Map<String, String> variables, boolean secretIsSet) {
    return switch (output) {
      case SHELL -> shell(variables);
      case YAML -> yaml(variables, secretIsSet);
      case JSON -> json(variables);
    };
  }

  private static String shell(Map<String, String> variables) {
    StringBuilder text = new StringBuilder();
    variables.forEach(
        (name, value) ->
            text.append("export ")
                .append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
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
            text.append("    value: \"").append(value).append("\"\n");
          }
        });
    return text.toString();
  }

  private static String json(Map<String, String> variables) {
    JsonObject object = new JsonObject();
    variables.forEach(object::put);
    return object.encodePrettily() + "\n";
  }
}

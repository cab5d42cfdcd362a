package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Output;
import dev.tokenbroker.cli.Command.Token;
import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.config.Guid;
import dev.tokenbroker.config.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of {@code token}, as {@code --name value} or {@code --name=value}. */
final class TokenArguments {

  private static final String RESOURCE = "--resource";
  private static final String CLIENT_ID = "--client-id";
  private static final String OUTPUT = "--output";
  private static final List<String> OPTIONS = List.of(RESOURCE, CLIENT_ID, OUTPUT);

  private TokenArguments() {}

  static Command parse(List<String> arguments) {
    if (Arguments.asksForHelp(arguments)) {
      return new Help(Topic.TOKEN);
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      if (!OPTIONS.contains(option)) {
        String kind = option.startsWith("-") ? "unknown option " : "unexpected argument ";
        String near = Suggestion.didYouMean(option, OPTIONS);
        return misused(kind + Arguments.quote(option) + near);
      }
      if (equals < 0 && i + 1 == arguments.size()) {
        return misused(option + " needs a value");
      }
      String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
      if (value.isBlank() || OPTIONS.contains(value)) {
        return misused(option + " needs a value");
      }
      if (values.putIfAbsent(option, value) != null) {
        return misused(option + " is given twice");
      }
    }
    return token(values);
  }

  private static Command token(Map<String, String> values) {
    Optional<String> resource = Optional.ofNullable(values.get(RESOURCE));
    if (resource.isEmpty()) {
      return misused(RESOURCE + " is needed");
    }
    Optional<String> clientId = Optional.ofNullable(values.get(CLIENT_ID));
    if (clientId.isPresent() && !Guid.isGuid(clientId.get())) {
      return misused(CLIENT_ID + " must be a GUID, not " + Arguments.quote(clientId.get()));
    }
    String output = values.getOrDefault(OUTPUT, "json");
    return switch (output) {
      case "json" -> new Token(resource.get(), clientId.map(Guid::parse), Output.JSON);
      case "raw" -> new Token(resource.get(), clientId.map(Guid::parse), Output.RAW);
      case "env" -> new Token(resource.get(), clientId.map(Guid::parse), Output.ENV);
      default -> misused(OUTPUT + " must be json, raw or env, not " + Arguments.quote(output));
    };
  }

  private static Command misused(String complaint) {
    return new Misused("token: " + complaint, Topic.TOKEN);
  }
}

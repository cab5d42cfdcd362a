package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Output;
import dev.tokenbroker.cli.Command.Token;
import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.config.Guid;
import java.util.List;
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
    try {
      return token(Options.parse(arguments, OPTIONS));
    } catch (Options.MisusedException e) {
      return misused(e.complaint());
    }
  }

  private static Command token(Options options) throws Options.MisusedException {
    Output output = options.choice(OUTPUT, Output.class, Output.JSON);
    Optional<String> clientId = options.get(CLIENT_ID);
    if (clientId.isPresent() && !Guid.isGuid(clientId.get())) {
      return misused(CLIENT_ID + " must be a GUID, not " + Arguments.quote(clientId.get()));
    }
    return options
        .get(RESOURCE)
        .<Command>map(resource -> new Token(resource, clientId.map(Guid::parse), output))
        .orElseGet(() -> misused(RESOURCE + " is needed"));
  }

  private static Command misused(String complaint) {
    return new Misused("token: " + complaint, Topic.TOKEN);
  }
}

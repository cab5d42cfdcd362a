package dev.tokenbroker.cli;

import dev.tokenbroker.cli.logging.Unprintable;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenException;
import dev.tokenbroker.token.TokenFailure;
import java.time.Clock;
import java.util.Optional;

/** {@code token}: one exchange, the token on standard output. */
final class TokenCommand {

  private final Terminal terminal;
  private final TokenFetcher fetcher;
  private final Clock clock;

  TokenCommand(Terminal terminal, TokenFetcher fetcher, Clock clock) {
    this.terminal = terminal;
    this.fetcher = fetcher;
    this.clock = clock;
  }

  ExitCode run(Command.Token command) {
    Optional<BrokerConfig> config = Configuration.load(terminal);
    if (config.isEmpty()) {
      return ExitCode.USAGE;
    }
    Optional<String> clientId =
        command
            .clientId()
            .or(() -> config.get().identities().defaultIdentity().map(IdentityConfig::clientId));
    if (clientId.isEmpty()) {
      terminal.err().println("token: there is no default identity, so --client-id is needed");
      return ExitCode.USAGE;
    }
    try {
      AccessToken token = fetcher.fetch(config.get(), command.clientId(), command.resource());
      return print(TokenText.of(command, clientId.get(), token, clock.instant()));
    } catch (TokenException e) {
      complain(e.failure());
      return ExitCode.FAILED;
    }
  }

  private ExitCode print(byte[] bytes) {
    terminal.out().write(bytes, 0, bytes.length);
    // A full disk or a closed pipe: the caller must not take half a token for one.
    if (terminal.out().checkError()) {
      terminal.err().println("token: cannot write to standard output");
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private void complain(TokenFailure failure) {
    complain("token: " + failure.message());
    if (failure instanceof TokenFailure.Rejected rejected) {
      if (!rejected.hint().isEmpty()) {
        complain(rejected.hint());
      }
      complain("Correlation id: " + rejected.correlationId());
    }
  }

  /** What Entra or a file said must not steer the terminal. */
  private void complain(String line) {
    terminal.err().println(Unprintable.escapeAll(line));
  }
}

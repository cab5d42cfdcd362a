package dev.tokenbroker.cli;

import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code env}: the variables of an app container. It reads only where the broker listens and what
 * it wants to be shown, so it also works on the machine of whoever writes the manifest.
 */
final class EnvCommand {

  /** What to show a broker that takes any value. */
  private static final String ANY_SECRET = "token-broker";

  private final Terminal terminal;

  EnvCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  ExitCode run(Command.Env command) {
    Optional<String> secret = setting("BROKER_IDENTITY_HEADER");
    Optional<String> url = url(command.listen());
    if (url.isEmpty()) {
      terminal.err().println("env: the listen address must be " + Settings.LISTEN.expected());
      return ExitCode.USAGE;
    }
    Map<String, String> variables =
        command.client().variables(url.get(), secret.orElse(ANY_SECRET));
    terminal.out().print(EnvText.of(command.output(), variables, secret.isPresent()));
    return ExitCode.OK;
  }

  /** What leads every client to this broker, and the secret if there is one; empty if misset. */
  Map<String, String> wanted() {
    Optional<String> secret = setting("BROKER_IDENTITY_HEADER");
    Map<String, String> wanted = new LinkedHashMap<>();
    url(Optional.empty())
        .ifPresent(url -> wanted.putAll(AppClient.ALL.variables(url, secret.orElse(ANY_SECRET))));
    if (secret.isEmpty()) {
      wanted.keySet().removeAll(EnvText.SECRETS);
    }
    return wanted;
  }

  private Optional<String> url(Optional<String> given) {
    String listen =
        given
            .or(() -> setting("BROKER_LISTEN"))
            .orElseGet(() -> Settings.LISTEN.fallback().orElseThrow());
    try {
      HostPort address = HostPort.parse(listen);
      return Optional.of("http://" + (isAny(address) ? loopback(address) : address));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** An app asks the broker of its own pod, wherever else that one listens. */
  private static boolean isAny(HostPort address) {
    return address.host().equals("0.0.0.0") || address.host().equals("::");
  }

  private static HostPort loopback(HostPort address) {
    return new HostPort("127.0.0.1", address.port());
  }

  private Optional<String> setting(String name) {
    return Optional.ofNullable(terminal.environment().get(name)).filter(value -> !value.isEmpty());
  }
}

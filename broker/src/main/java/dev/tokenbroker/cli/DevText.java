package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.EnvOutput;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.laptop.EmulatedEntra;
import java.io.File;
import java.io.PrintStream;
import java.util.Optional;

/** What {@code dev} prints once it serves: lines to paste into the shell that runs the app. */
final class DevText {

  private final Terminal terminal;
  private final HostPort listen;
  private final HostPort admin;

  DevText(Terminal terminal, BrokerConfig config, RunningBroker broker) {
    this.terminal = terminal;
    this.listen = new HostPort(config.endpoint().listen().host(), broker.listenPort());
    this.admin = new HostPort(config.adminListen().host(), broker.adminPort());
  }

  void print(Command.Dev command, Optional<EmulatedEntra> emulator) {
    PrintStream out = terminal.out();
    out.println("# Paste into the shell that runs your app:");
    EnvOutput shell = File.separatorChar == '\\' ? EnvOutput.POWERSHELL : EnvOutput.SHELL;
    new EnvCommand(terminal)
        .run(
            new Command.Env(
                command.client(), Pair.IDENTITY, shell, Optional.of(listen.toString())));
    out.println();
    out.print(
        emulator
            .map(entra -> entra.examples("http://" + listen, "http://" + admin))
            .orElseGet(this::example));
    out.println("# Ctrl-C ends it.");
    out.flush();
  }

  private String example() {
    return """
        # Try it:
        curl -s -H Metadata:true "http://%s/metadata/identity/oauth2/token?resource=https://vault.azure.net"

        """
        .formatted(listen);
  }
}

package dev.tokenbroker.tools;

import dev.tokenbroker.cli.EnvClient;
import dev.tokenbroker.cli.EnvCommand;
import dev.tokenbroker.cli.Terminal;
import dev.tokenbroker.cli.VariablePair;
import dev.tokenbroker.config.HostPort;
import java.io.File;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BiFunction;

/** Prints what {@code dev} has to say once it serves: lines for the shell that runs the app. */
record DevText(Terminal terminal, EnvClient client) {

  void print(HostPort listen, HostPort admin, BiFunction<String, String, String> examples) {
    PrintStream out = terminal.out();
    out.println("# Paste into the shell that runs your app:");
    EnvCommand.Output shell =
        File.separatorChar == '\\' ? EnvCommand.Output.POWERSHELL : EnvCommand.Output.SHELL;
    new EnvCommand(terminal)
        .print(client, VariablePair.IDENTITY, shell, Optional.of(listen.toString()));
    out.println();
    out.print(examples.apply("http://" + listen, "http://" + admin));
    out.println("# Ctrl-C ends it.");
    out.flush();
  }
}

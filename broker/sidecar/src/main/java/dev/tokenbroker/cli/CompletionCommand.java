package dev.tokenbroker.cli;

import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code completion}: the script that lets a shell complete subcommands, options and values. */
@Command(
    name = "completion",
    header = "Print a script that lets bash or zsh complete subcommands, options and values.",
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  token-broker completion",
    description = "It completes a program or an alias that is called token-broker.",
    descriptionHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  source <(token-broker completion)")
final class CompletionCommand implements Subcommand {

  private final CommandLine root;
  private final Terminal terminal;

  CompletionCommand(CommandLine root, Terminal terminal) {
    this.root = root;
    this.terminal = terminal;
  }

  @Override
  public Optional<ExitCode> run() {
    terminal.out().print(AutoComplete.bash(root.getCommandName(), root));
    return Optional.of(terminal.out().checkError() ? ExitCode.FAILED : ExitCode.OK);
  }
}

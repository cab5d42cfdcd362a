package dev.tokenbroker.cli;

import java.util.Optional;
import picocli.CommandLine.Command;

/** The program without a subcommand. */
@Command(
    name = "token-broker",
    header = "token-broker: Microsoft Entra tokens for every program in a pod",
    synopsisHeading = "%nUsage:%n",
    customSynopsis = {
      "  token-broker [serve]         serve tokens on localhost (the default)",
      "  token-broker SUBCOMMAND ...  see token-broker help SUBCOMMAND",
      "  token-broker --version"
    },
    commandListHeading = "%nSubcommands:%n",
    footerHeading = "%n",
    footer = {
      "Settings are environment variables and one YAML file: token-broker help settings",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration",
      "",
      "Example:",
      "  token-broker token --resource https://vault.azure.net --output raw"
    })
final class TokenBrokerCommand implements Subcommand {

  @Override
  public void validate() {
    throw new MisusedException("a subcommand is needed");
  }

  @Override
  public Optional<ExitCode> run() {
    return Optional.of(ExitCode.USAGE);
  }
}

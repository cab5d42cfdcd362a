package dev.tokenbroker.tools;

import dev.tokenbroker.cli.Cli;
import dev.tokenbroker.cli.CliContext;
import dev.tokenbroker.cli.Subcommand;
import java.util.List;

/**
 * The program of a person's machine: all that the sidecar's does, {@code dev} and {@code migrate}.
 */
public final class ToolsMain {

  private ToolsMain() {}

  public static void main(String[] args) {
    Cli.main(args, ToolsMain::subcommands);
  }

  /** What this program adds to the sidecar's. */
  public static List<Subcommand> subcommands(CliContext context) {
    return List.of(new DevCommand(context), new MigrateCommand(context, System.in));
  }
}

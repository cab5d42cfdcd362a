package dev.tokenbroker.cli;

import dev.tokenbroker.config.Suggestion;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;

/** {@code help}: explains a subcommand, all of them, or the settings. */
@Command(
    name = "help",
    header = "Explain a subcommand, or the settings.",
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  token-broker help [SUBCOMMAND|settings]",
    footerHeading = "%nExample:%n",
    footer = "  token-broker help settings")
final class HelpCommand implements Subcommand {

  /** The one topic that is no subcommand. */
  static final String SETTINGS = "settings";

  private final CommandTree tree;
  private final CommandLine root;
  private final Terminal terminal;

  @Parameters(arity = "0..1", hidden = true, description = "what to explain")
  private Optional<String> topic = Optional.empty();

  HelpCommand(CommandTree tree, CommandLine root, Terminal terminal) {
    this.tree = tree;
    this.root = root;
    this.terminal = terminal;
  }

  @Override
  public void validate() {
    List<String> topics = tree.topics();
    topic
        .filter(word -> !topics.contains(word))
        .ifPresent(
            word -> {
              throw new MisusedException(
                  "there is no help for "
                      + CommandTree.quote(word)
                      + Suggestion.didYouMean(word, topics));
            });
  }

  @Override
  public Optional<ExitCode> run() {
    if (topic.equals(Optional.of(SETTINGS))) {
      terminal.out().print(SettingsHelp.text());
    } else {
      topic.map(root.getSubcommands()::get).orElse(root).usage(terminal.out(), Ansi.OFF);
    }
    return Optional.of(ExitCode.OK);
  }
}

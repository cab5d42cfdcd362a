package dev.tokenbroker.cli;

import dev.tokenbroker.assembly.Version;
import dev.tokenbroker.config.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The subcommands of a program: parses a command line, and runs or explains one of them. */
final class CommandTree {

  private static final int COLUMNS = 104;

  /** Subcommands that the environment alone tells what to do. */
  private static final Set<String> SET_BY_ENVIRONMENT = Set.of("serve", "inject");

  private final Terminal terminal;
  private final CommandLine root = new CommandLine(new TokenBrokerCommand());

  CommandTree(CliContext context, List<Subcommand> more) {
    terminal = context.terminal();
    root.getCommandSpec().addOption(help()).addOption(version());
    List<Object> subcommands = new ArrayList<>();
    subcommands.add(withSettings(new ServeCommand(context), SettingsHelp.common()));
    subcommands.add(new TokenCommand(context));
    subcommands.add(new EnvCommand(terminal));
    subcommands.add(new DoctorCommand(context));
    subcommands.add(withSettings(new InjectCommand(context), SettingsHelp.webhook()));
    subcommands.addAll(more);
    subcommands.add(new CompletionCommand(root, terminal));
    subcommands.add(new HelpCommand(this, root, terminal));
    subcommands.forEach(root::addSubcommand);
    root.setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setUsageHelpWidth(COLUMNS);
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .hidden(true)
        .scopeType(ScopeType.INHERIT)
        .build();
  }

  private static OptionSpec version() {
    return OptionSpec.builder("--version").versionHelp(true).hidden(true).build();
  }

  /** With the settings as they are in the table: an annotation cannot hold them. */
  private static CommandLine withSettings(Subcommand subcommand, List<String> settings) {
    CommandLine command = new CommandLine(subcommand);
    String[] rows = settings.stream().map(row -> row.replace("%", "%%")).toArray(String[]::new);
    command.getCommandSpec().usageMessage().description(rows);
    return command;
  }

  /** How the process should end, or empty if it now serves. */
  Optional<ExitCode> run(List<String> arguments) {
    ParseResult parsed;
    try {
      parsed = parse(arguments);
    } catch (ParameterException e) {
      terminal.err().println(complaint(e));
      terminal.err().println();
      e.getCommandLine().usage(terminal.err(), Ansi.OFF);
      return Optional.of(ExitCode.USAGE);
    }
    ParseResult last = last(parsed);
    if (last.isUsageHelpRequested()) {
      last.commandSpec().commandLine().usage(terminal.out(), Ansi.OFF);
      return Optional.of(ExitCode.OK);
    }
    if (last.isVersionHelpRequested()) {
      terminal.out().println(Version.text());
      return Optional.of(ExitCode.OK);
    }
    return subcommand(parsed).run();
  }

  /**
   * Fills in the options of a subcommand.
   *
   * @throws ParameterException if the command line cannot be understood
   */
  ParseResult parse(List<String> arguments) {
    ParseResult parsed = root.parseArgs(arguments.toArray(String[]::new));
    ParseResult last = last(parsed);
    if (last.isVersionHelpRequested() && !last.unmatched().isEmpty()) {
      throw new UnmatchedArgumentException(root, last.unmatched());
    }
    if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
      try {
        last.matchedOptions().forEach(CommandTree::requireValue);
        subcommand(parsed).validate();
      } catch (MisusedException e) {
        CommandLine misused = last.commandSpec().commandLine();
        throw new ParameterException(misused, String.valueOf(e.getMessage()), e);
      }
    }
    return parsed;
  }

  /** What is wrong with the command line, after the name of the subcommand. */
  static String complaint(ParameterException e) {
    CommandLine command = e.getCommandLine();
    boolean isRoot = command.getParent() == null;
    String said = isChoice(e) ? choice(e) : String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (!isRoot && SET_BY_ENVIRONMENT.contains(command.getCommandName())) {
        return command.getCommandName()
            + " takes no arguments, its settings are environment variables: "
            + quote(word);
      }
      said = isRoot ? unknown(word, command) : unexpected(word, command);
    }
    return isRoot
        ? said
        : command.getCommandName()
            + ": "
            + said.substring(0, 1).toLowerCase(Locale.ROOT)
            + said.substring(1);
  }

  private static String unknown(String word, CommandLine root) {
    List<String> known = new ArrayList<>(root.getSubcommands().keySet());
    known.addAll(List.of("--help", "--version"));
    String kind = word.startsWith("-") ? "unknown option " : "unknown subcommand ";
    return kind + quote(word) + Suggestion.didYouMean(word, known);
  }

  private static String unexpected(String word, CommandLine command) {
    if (!word.startsWith("-")) {
      return "unexpected argument " + quote(word);
    }
    String option = word.split("=", 2)[0];
    List<String> known =
        command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
    return "unknown option " + quote(option) + Suggestion.didYouMean(option, known);
  }

  /** What there is help for, but for the program as a whole. */
  List<String> topics() {
    List<String> topics = new ArrayList<>(root.getSubcommands().keySet());
    topics.add(HelpCommand.SETTINGS);
    return topics;
  }

  static String quote(String word) {
    return '"' + word + '"';
  }

  private static boolean isChoice(ParameterException e) {
    return e.getArgSpec() != null && e.getArgSpec().typeInfo().isEnum() && e.getValue() != null;
  }

  /** {@code --output must be json, raw or env, not "yaml"}. */
  private static String choice(ParameterException e) {
    List<String> names = new ArrayList<>();
    e.getArgSpec().completionCandidates().forEach(names::add);
    int last = names.size() - 1;
    return ((OptionSpec) e.getArgSpec()).longestName()
        + " must be "
        + String.join(", ", names.subList(0, last))
        + " or "
        + names.get(last)
        + ", not "
        + quote(e.getValue());
  }

  private static void requireValue(OptionSpec option) {
    if (option.originalStringValues().stream().anyMatch(String::isBlank)) {
      throw new MisusedException(option.longestName() + " needs a value");
    }
  }

  private static ParseResult last(ParseResult parsed) {
    return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
  }

  private static Subcommand subcommand(ParseResult parsed) {
    return (Subcommand) last(parsed).commandSpec().userObject();
  }
}

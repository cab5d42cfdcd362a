package dev.tokenbroker.cli;

import dev.tokenbroker.doctor.EntraAccess;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Runs what the command line asks for. */
public final class Cli {

  private final Terminal terminal;
  private final BrokerStarter starter;
  private final TokenFetcher fetcher;
  private final EntraAccess entra;
  private final Shutdown shutdown;
  private final Clock clock;

  public Cli(
      Terminal terminal,
      BrokerStarter starter,
      TokenFetcher fetcher,
      EntraAccess entra,
      Shutdown shutdown,
      Clock clock) {
    this.terminal = terminal;
    this.starter = starter;
    this.fetcher = fetcher;
    this.entra = entra;
    this.shutdown = shutdown;
    this.clock = clock;
  }

  /** How the process should end, or empty if a broker now serves and it should go on. */
  public Optional<ExitCode> run(List<String> arguments) {
    Command command = Arguments.parse(arguments);
    if (command instanceof Command.Serve) {
      return new ServeCommand(terminal, starter, shutdown).run();
    }
    if (command instanceof Command.Dev dev) {
      return new DevCommand(terminal, starter, shutdown).run(dev);
    }
    if (command instanceof Command.Inject) {
      return new InjectCommand(terminal, shutdown).run();
    }
    return Optional.of(once(command));
  }

  private ExitCode once(Command command) {
    if (command instanceof Command.Token token) {
      return new TokenCommand(terminal, fetcher, clock).run(token);
    }
    if (command instanceof Command.Env env) {
      return new EnvCommand(terminal).run(env);
    }
    if (command instanceof Command.Doctor doctor) {
      return new DoctorCommand(terminal, entra, clock).run(doctor);
    }
    if (command instanceof Command.Migrate migrate) {
      return new MigrateCommand(terminal, System.in).run(migrate);
    }
    if (command instanceof Command.Help help) {
      terminal.out().print(HelpText.of(help.topic()));
    } else if (command instanceof Command.Version) {
      terminal.out().println(Version.text());
    } else if (command instanceof Command.Misused misused) {
      terminal.err().println(misused.complaint());
      terminal.err().println();
      terminal.err().print(HelpText.of(misused.topic()));
      return ExitCode.USAGE;
    }
    return ExitCode.OK;
  }
}

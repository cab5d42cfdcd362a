package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.DoctorOutput;
import dev.tokenbroker.cli.logging.Logging;
import dev.tokenbroker.cli.logging.Unprintable;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.doctor.AppEnvironment;
import dev.tokenbroker.doctor.EntraAccess;
import dev.tokenbroker.doctor.Examination;
import dev.tokenbroker.doctor.Finding;
import dev.tokenbroker.doctor.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code doctor}: looks for what is wrong. */
final class DoctorCommand {

  private final Terminal terminal;
  private final EntraAccess entra;
  private final Clock clock;

  DoctorCommand(Terminal terminal, EntraAccess entra, Clock clock) {
    this.terminal = terminal;
    this.entra = entra;
    this.clock = clock;
  }

  ExitCode run(Command.Doctor command) {
    Optional<Map<String, String>> app;
    try {
      app = appEnvironment(command);
    } catch (IOException e) {
      terminal.err().println("doctor: cannot read " + command.appEnvironment().orElse("-"));
      return ExitCode.USAGE;
    }
    // What goes wrong is a finding; the log would only say it twice.
    Logging.install(LogFormat.TEXT, LogLevel.ERROR, terminal.err());
    List<Finding> findings =
        new Examination(entra, clock)
            .of(
                terminal.environment(),
                new AppEnvironment(app, new EnvCommand(terminal).wanted()),
                command.resource());
    terminal
        .out()
        .print(
            // What Entra or a file said must not steer the terminal.
            Unprintable.escapeAllButLineEnds(
                command.output() == DoctorOutput.JSON
                    ? Report.json(findings)
                    : Report.text(findings)));
    terminal.out().flush();
    return Report.isHealthy(findings) ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Lines as {@code env} prints them; what has no name is the rest of a longer value. */
  private static Optional<Map<String, String>> appEnvironment(Command.Doctor command)
      throws IOException {
    if (command.appEnvironment().isEmpty()) {
      return Optional.empty();
    }
    String source = command.appEnvironment().get();
    String text =
        source.equals("-")
            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
            : Files.readString(Path.of(source));
    Map<String, String> variables = new HashMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
    }
    return Optional.of(variables);
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import dev.tokenbroker.doctor.AppEnvironmentCheck;
import dev.tokenbroker.doctor.Diagnosis;
import dev.tokenbroker.doctor.DiagnosisReport;
import dev.tokenbroker.doctor.Finding;
import dev.tokenbroker.logging.Logging;
import dev.tokenbroker.logging.Unprintable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: looks for what is wrong. */
@Command(
    name = "doctor",
    header = "Find problems, and explain how to fix them.",
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  token-broker doctor [--resource R] [--app-env FILE] [--output text|json]",
    descriptionHeading = "%n",
    description = {
      "It looks at settings, token file, DNS and TLS to Entra, one exchange for each identity, the",
      "running broker, an app's variables. Changes nothing; never prints a token."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%n",
    footer = {
      "Exit codes: 0 nothing failed, 1 something did",
      "",
      "Example:",
      "  kubectl exec POD -c token-broker -- /opt/java/bin/java @/opt/token-broker/run doctor"
    })
final class DoctorCommand implements Subcommand {

  /** How the findings are printed. */
  enum Output {
    TEXT,
    JSON;

    /** As the option names it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Terminal terminal;
  private final Diagnosis diagnosis;

  @Option(
      names = "--resource",
      paramLabel = "R",
      description = "What to ask Entra for; without it what the identity is meant for.")
  private Optional<String> resource = Optional.empty();

  @Option(
      names = "--app-env",
      paramLabel = "FILE",
      description = "The variables of an app container, as env prints them; - for standard input.")
  private Optional<String> appEnvironment = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "O",
      description = "text: a table (default); json: one line.")
  private Output output = Output.TEXT;

  DoctorCommand(CliContext context) {
    terminal = context.terminal();
    diagnosis = new Diagnosis(context.entra(), context.clock(), context.pause());
  }

  @Override
  public Optional<ExitCode> run() {
    Optional<Map<String, String>> app;
    try {
      app = readAppEnvironment();
    } catch (IOException e) {
      terminal.err().println("doctor: cannot read " + appEnvironment.orElse("-"));
      return Optional.of(ExitCode.USAGE);
    }
    // What goes wrong is a finding; the log would only say it twice.
    Logging.install(LogFormat.TEXT, LogLevel.ERROR, terminal.err());
    List<Finding> findings =
        diagnosis.of(
            terminal.environment(),
            new AppEnvironmentCheck(app, new EnvCommand(terminal).wanted()),
            resource);
    // What Entra or a file said must not steer the terminal.
    terminal
        .out()
        .print(
            Unprintable.escapeAllButLineEnds(
                output == Output.JSON
                    ? DiagnosisReport.json(findings)
                    : DiagnosisReport.text(findings)));
    terminal.out().flush();
    return Optional.of(DiagnosisReport.isHealthy(findings) ? ExitCode.OK : ExitCode.FAILED);
  }

  /** Lines as {@code env} prints them; what has no name is the rest of a longer value. */
  private Optional<Map<String, String>> readAppEnvironment() throws IOException {
    if (appEnvironment.isEmpty()) {
      return Optional.empty();
    }
    String source = appEnvironment.get();
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

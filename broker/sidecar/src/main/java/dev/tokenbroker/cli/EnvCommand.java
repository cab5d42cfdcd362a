package dev.tokenbroker.cli;

import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.Setting;
import dev.tokenbroker.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code env}: the variables of an app container. It reads only where the broker listens and what
 * it wants to be shown, so it also works on the machine of whoever writes the manifest.
 */
@Command(
    name = "env",
    header = {
      "Print the variables that an app container needs to ask the broker.",
      "With them it asks without any privilege."
    },
    synopsisHeading = "%nUsage:%n",
    customSynopsis =
        "  token-broker env [--for CLIENT] [--pair P] [--output O] [--listen HOST:PORT]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%n",
    footer = {
      "A BROKER_IDENTITY_HEADER that is set is what the app must show. YAML does not hold it: it",
      "names the key \"identity-header\" of a Secret \"token-broker\". What az must run once is a line",
      "of the shell, a comment in YAML, and the array \"commands\" in JSON.",
      "",
      "Example:",
      "  token-broker env --for python --output yaml"
    })
public final class EnvCommand implements Subcommand {

  /** How the variables are printed. */
  public enum Output {
    SHELL,
    POWERSHELL,
    YAML,
    JSON;

    /** As the option names it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What to show a broker that takes any value. */
  private static final String ANY_SECRET = "token-broker";

  private static final String DEFAULT_LISTEN = Settings.LISTEN.fallback().orElseThrow();

  /** The authority is off by default; these are what our charts and examples turn it on with. */
  private static final String DEFAULT_AUTHORITY_LISTEN = "127.0.0.1:16927";

  private static final String DEFAULT_CA_FILE = "/run/token-broker/ca/ca.pem";

  private final Terminal terminal;

  @Option(
      names = "--for",
      paramLabel = "CLIENT",
      description = {
        "python, js, java, go, dotnet, az, terraform or all (default): for managed",
        "identity; az-federated or workload-identity: for the authority on loopback."
      })
  private EnvClient client = EnvClient.ALL;

  @Option(
      names = "--pair",
      paramLabel = "P",
      description = {
        "identity: IDENTITY_ENDPOINT and IDENTITY_HEADER (default); msi:",
        "MSI_ENDPOINT and MSI_SECRET, for old clients that follow nothing else",
        "(docs/recipes.md lists them); all: both."
      })
  private VariablePair pair = VariablePair.IDENTITY;

  @Option(
      names = "--output",
      paramLabel = "O",
      description =
          "shell: lines to eval (default); powershell; yaml: for a container's env; json.")
  private Output output = Output.SHELL;

  @Option(
      names = "--listen",
      paramLabel = "H:P",
      description = {
        "Where the broker listens; without it as BROKER_LISTEN says, for the",
        "authority BROKER_AUTHORITY_LISTEN."
      })
  private Optional<String> listen = Optional.empty();

  public EnvCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Optional<ExitCode> run() {
    return Optional.of(print(client, pair, output, listen));
  }

  /**
   * Prints the variables of a client.
   *
   * @param pair which variables of App Service's
   * @param listen where the broker listens, if not where its settings say
   */
  public ExitCode print(
      EnvClient client, VariablePair pair, Output output, Optional<String> listen) {
    if (!isSecretTaken()) {
      terminal
          .err()
          .println("env: BROKER_IDENTITY_HEADER must be " + Settings.IDENTITY_HEADER.expected());
      return ExitCode.USAGE;
    }
    Optional<EnvClient.BrokerAddress> broker = broker(listen);
    if (broker.isEmpty()) {
      terminal.err().println("env: the listen address must be " + Settings.LISTEN.expected());
      return ExitCode.USAGE;
    }
    terminal
        .out()
        .print(
            EnvText.of(
                output,
                client.variables(broker.get(), pair),
                client.commands(broker.get()),
                setting(Settings.IDENTITY_HEADER).isPresent()));
    return ExitCode.OK;
  }

  /** Whether the broker would start with the secret; its value is never shown. */
  private boolean isSecretTaken() {
    try {
      Optional<String> secret = setting(Settings.IDENTITY_HEADER);
      return secret.isEmpty() || secret.map(Settings.IDENTITY_HEADER.parser()).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What leads every client to this broker, and the secret if there is one; empty if misset. */
  Map<String, String> wanted() {
    Map<String, String> wanted = new LinkedHashMap<>();
    broker(Optional.empty())
        .ifPresent(
            it -> {
              wanted.putAll(EnvClient.ALL.variables(it, VariablePair.ALL));
              wanted.putAll(EnvClient.TERRAFORM.variables(it, VariablePair.ALL));
            });
    if (setting(Settings.IDENTITY_HEADER).isEmpty()) {
      wanted.keySet().removeAll(EnvText.SECRETS);
    }
    return wanted;
  }

  /** Where it listens, as the environment or the option says; nothing if that is no address. */
  private Optional<EnvClient.BrokerAddress> broker(Optional<String> option) {
    Optional<HostPort> listen = address(Settings.LISTEN, DEFAULT_LISTEN, option);
    Optional<HostPort> authority =
        address(Settings.AUTHORITY_LISTEN, DEFAULT_AUTHORITY_LISTEN, option);
    if (listen.isEmpty() || authority.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new EnvClient.BrokerAddress(
            "http://" + (isAny(listen.get()) ? loopback(listen.get()) : listen.get()),
            setting(Settings.IDENTITY_HEADER).orElse(ANY_SECRET),
            "https://localhost:" + authority.get().port(),
            caFile()));
  }

  private Optional<HostPort> address(
      Setting<HostPort> setting, String fallback, Optional<String> option) {
    try {
      return Optional.of(HostPort.parse(option.or(() -> setting(setting)).orElse(fallback)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * None if the operator gave the certificate: then clients trust it already, or the operator sees
   * to it.
   */
  private Optional<Path> caFile() {
    return setting(Settings.AUTHORITY_CERT_FILE).isPresent()
        ? Optional.empty()
        : Optional.of(Path.of(setting(Settings.AUTHORITY_CA_FILE).orElse(DEFAULT_CA_FILE)));
  }

  /** An app asks the broker of its own pod, wherever else that one listens. */
  private static boolean isAny(HostPort address) {
    return address.host().equals("0.0.0.0") || address.host().equals("::");
  }

  private static HostPort loopback(HostPort address) {
    return new HostPort("127.0.0.1", address.port());
  }

  private Optional<String> setting(Setting<?> setting) {
    return Optional.ofNullable(terminal.environment().get(setting.variables().get(0)))
        .filter(value -> !value.isEmpty());
  }
}

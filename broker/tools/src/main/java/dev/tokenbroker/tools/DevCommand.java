package dev.tokenbroker.tools;

import dev.tokenbroker.assembly.Broker;
import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.cli.CliContext;
import dev.tokenbroker.cli.Configuration;
import dev.tokenbroker.cli.EnvClient;
import dev.tokenbroker.cli.ExitCode;
import dev.tokenbroker.cli.MisusedException;
import dev.tokenbroker.cli.ServeCommand;
import dev.tokenbroker.cli.Subcommand;
import dev.tokenbroker.cli.Terminal;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.Settings;
import dev.tokenbroker.dev.AzOrigin;
import dev.tokenbroker.dev.DeveloperConfig;
import dev.tokenbroker.dev.EmulatorSession;
import dev.tokenbroker.dev.KubernetesPod;
import dev.tokenbroker.dev.OwnUser;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code dev}: serves on a developer's machine, with the tokens of the developer's own az or of an
 * emulated Entra, until a signal ends it.
 */
@Command(
    name = "dev",
    header = {
      "Serve the same on your own machine, with tokens of your own az login, until Ctrl-C.",
      "It prints the variables that lead your app there. Whichever identity a request names, the",
      "tokens are yours. Not in a Kubernetes pod. See docs/laptop.md."
    },
    synopsisHeading = "%nUsage:%n",
    customSynopsis = {
      "  token-broker dev [--tenant T] [--for CLIENT]",
      "  token-broker dev --emulator [--for CLIENT]"
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%n",
    footer = {
      "Settings are those of serve, with these defaults: BROKER_ADMIN_LISTEN 127.0.0.1:16926,",
      "BROKER_MAX_EXCHANGES 4 (runs of az at once), BROKER_EXCHANGE_TIMEOUT 45s, and on Linux",
      "BROKER_ALLOWED_UIDS your own. AZURE_* variables are not read.",
      "",
      "Example:",
      "  az login && token-broker dev --for python"
    })
public final class DevCommand implements Subcommand {

  private final CliContext context;
  private final Terminal terminal;

  @Option(
      names = "--tenant",
      paramLabel = "T",
      converter = Tenant.class,
      description = "A tenant to ask, if not the one az is set to.")
  private Optional<String> tenant = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "CLIENT",
      description = "Print the variables of one client only, as token-broker env does.")
  private EnvClient client = EnvClient.ALL;

  @Option(names = "--emulator", description = "No Azure: tokens of an emulated Entra.")
  private boolean emulated;

  public DevCommand(CliContext context) {
    this.context = context;
    terminal = context.terminal();
  }

  /** A tenant's id or domain, lower case. */
  static final class Tenant implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
      try {
        return Settings.TENANT_ID.parser().apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("must be " + Settings.TENANT_ID.expected());
      }
    }
  }

  @Override
  public void validate() {
    if (emulated && tenant.isPresent()) {
      throw new MisusedException("--emulator has a tenant of its own: leave --tenant out");
    }
    if (client == EnvClient.AZ_FEDERATED || client == EnvClient.WORKLOAD_IDENTITY) {
      throw new MisusedException("--for: a laptop has no federated token to show to an authority");
    }
  }

  @Override
  public Optional<ExitCode> run() {
    Optional<String> pod = KubernetesPod.sign(terminal.environment());
    if (pod.isPresent()) {
      return refuse(
          "this is a Kubernetes pod ("
              + pod.get()
              + "), and a pod has an identity of its own: use \"token-broker serve\"");
    }
    return emulated ? serveEmulated() : serveOwnLogin();
  }

  private Optional<ExitCode> serveOwnLogin() {
    Map<String, String> settings = settingsForThisUser();
    return serve(
        DeveloperConfig.load(settings, tenant),
        new AzOrigin(settings, tenant),
        (url, admin) ->
            """
            # Try it:
            curl -s -H Metadata:true "%s/metadata/identity/oauth2/token?resource=https://vault.azure.net"

            """
                .formatted(url));
  }

  private Optional<ExitCode> serveEmulated() {
    terminal.err().println("dev: starting an emulated Entra");
    EmulatorSession emulator = new EmulatorSession();
    return serve(
        ConfigLoader.load(settingsBeside(emulator)),
        TokenOrigin.entra(
            "An emulated Entra on this machine, for the token of an emulated pod; no service takes"
                + " them",
            Optional.of("tokens of an emulated Entra")),
        emulator::examples);
  }

  private Optional<ExitCode> refuse(String why) {
    terminal.err().println("dev: " + why);
    return Optional.of(ExitCode.USAGE);
  }

  /** Serves; {@code examples} makes lines to paste from the broker's and its admin's URL. */
  private Optional<ExitCode> serve(
      ConfigResult result, TokenOrigin origin, BiFunction<String, String, String> examples) {
    Optional<BrokerConfig> config = Configuration.of(result, terminal);
    return config.isEmpty()
        ? Optional.of(ExitCode.USAGE)
        : new ServeCommand(context)
            .start(config.get(), origin, broker -> print(config.get(), broker, examples));
  }

  private void print(
      BrokerConfig config, Broker broker, BiFunction<String, String, String> examples) {
    new DevText(terminal, client)
        .print(
            new HostPort(config.endpoint().listen().host(), broker.listenPort()),
            new HostPort(config.adminListen().host(), broker.adminPort()),
            examples);
  }

  /** Other users of this machine are not the developer; where they can be told apart they are. */
  private Map<String, String> settingsForThisUser() {
    Map<String, String> settings = new HashMap<>(terminal.environment());
    OwnUser.id().ifPresent(id -> settings.putIfAbsent("BROKER_ALLOWED_UIDS", id));
    return settings;
  }

  /** The emulated pod's own variables, and how the developer wants the broker to be. */
  private Map<String, String> settingsBeside(EmulatorSession emulator) {
    Map<String, String> settings = new HashMap<>(emulator.start());
    settings.put("BROKER_ADMIN_LISTEN", new HostPort("127.0.0.1", 16926).toString());
    terminal
        .environment()
        .forEach(
            (name, value) -> {
              if (name.startsWith("BROKER_") && !name.equals("BROKER_CONFIG")) {
                settings.put(name, value);
              }
            });
    return settings;
  }
}

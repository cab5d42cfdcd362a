package dev.tokenbroker.cli;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.ConfigLoader;
import dev.tokenbroker.config.ConfigResult;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.laptop.EmulatedEntra;
import dev.tokenbroker.laptop.EmulatorJar;
import dev.tokenbroker.laptop.KubernetesPod;
import dev.tokenbroker.laptop.OwnUser;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code dev}: serves on a developer's machine, with the tokens of the developer's own az or of an
 * emulated Entra, until a signal ends it.
 */
final class DevCommand {

  private final Terminal terminal;
  private final BrokerStarter starter;
  private final Shutdown shutdown;

  DevCommand(Terminal terminal, BrokerStarter starter, Shutdown shutdown) {
    this.terminal = terminal;
    this.starter = starter;
    this.shutdown = shutdown;
  }

  /** Why it did not start, or empty if the broker now serves in the background. */
  Optional<ExitCode> run(Command.Dev command) {
    Optional<String> pod = KubernetesPod.sign(terminal.environment());
    if (pod.isPresent()) {
      return refuse(
          "this is a Kubernetes pod ("
              + pod.get()
              + "), and a pod has an identity of its own: use \"token-broker serve\"");
    }
    if (!command.emulator()) {
      Map<String, String> settings = settingsForThisUser();
      ConfigResult config = ConfigLoader.loadForDeveloper(settings, command.tenant());
      return serve(command, config, Optional.empty());
    }
    Optional<EmulatedEntra> emulator = EmulatorJar.find();
    if (emulator.isEmpty()) {
      return refuse(
          EmulatorJar.NAME
              + " is not here, nor in any image: \"mvn package\" in the sources of token-broker"
              + " makes broker/emulator/target/"
              + EmulatorJar.NAME
              + "; copy it to "
              + EmulatorJar.expected());
    }
    ConfigResult config = ConfigLoader.loadForEmulator(settingsBeside(emulator.get()));
    return serve(command, config, emulator);
  }

  private Optional<ExitCode> refuse(String why) {
    terminal.err().println("dev: " + why);
    return Optional.of(ExitCode.USAGE);
  }

  private Optional<ExitCode> serve(
      Command.Dev command, ConfigResult result, Optional<EmulatedEntra> emulator) {
    Optional<BrokerConfig> config = Configuration.of(result, terminal);
    return config.isEmpty()
        ? Optional.of(ExitCode.USAGE)
        : new ServeCommand(terminal, starter, shutdown)
            .start(
                config.get(),
                broker -> new DevText(terminal, config.get(), broker).print(command, emulator));
  }

  /** Other users of this machine are not the developer; where they can be told apart they are. */
  private Map<String, String> settingsForThisUser() {
    Map<String, String> settings = new HashMap<>(terminal.environment());
    OwnUser.id().ifPresent(id -> settings.putIfAbsent("BROKER_ALLOWED_UIDS", id));
    return settings;
  }

  /** The emulated pod's own variables, and how the developer wants the broker to be. */
  private Map<String, String> settingsBeside(EmulatedEntra emulator) {
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

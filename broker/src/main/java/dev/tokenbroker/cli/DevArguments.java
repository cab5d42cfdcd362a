package dev.tokenbroker.cli;

import dev.tokenbroker.cli.Command.Dev;
import dev.tokenbroker.cli.Command.Help;
import dev.tokenbroker.cli.Command.Misused;
import dev.tokenbroker.cli.Command.Topic;
import dev.tokenbroker.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of {@code dev}. */
final class DevArguments {

  private static final String TENANT = "--tenant";
  private static final String FOR = "--for";
  private static final String EMULATOR = "--emulator";
  private static final List<String> OPTIONS = List.of(TENANT, FOR, EMULATOR);

  private DevArguments() {}

  static Command parse(List<String> arguments) {
    if (Arguments.asksForHelp(arguments)) {
      return new Help(Topic.DEV);
    }
    List<String> rest = new ArrayList<>(arguments);
    boolean emulator = rest.remove(EMULATOR);
    try {
      Options options = Options.parse(rest, OPTIONS);
      if (options.get(EMULATOR).isPresent()) {
        return misused(EMULATOR + " takes no value");
      }
      if (emulator && options.get(TENANT).isPresent()) {
        return misused(EMULATOR + " has a tenant of its own: leave " + TENANT + " out");
      }
      AppClient client = options.choice(FOR, AppClient.class, AppClient.ALL);
      if (client == AppClient.AZ_FEDERATED || client == AppClient.WORKLOAD_IDENTITY) {
        return misused(FOR + ": a laptop has no federated token to show to an authority");
      }
      Optional<String> tenant = options.get(TENANT);
      if (tenant.isPresent()) {
        tenant = Optional.of(Settings.TENANT_ID.parser().apply(tenant.get()));
      }
      return new Dev(tenant, client, emulator);
    } catch (Options.MisusedException e) {
      return misused(e.complaint());
    } catch (IllegalArgumentException e) {
      return misused(TENANT + " must be " + Settings.TENANT_ID.expected());
    }
  }

  private static Command misused(String complaint) {
    return new Misused("dev: " + complaint, Topic.DEV);
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.assembly.Broker;
import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.IdentityConfig;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.TreeSet;

/** The one line that says what this broker serves. */
final class StartLine {

  private StartLine() {}

  /** The ports are the open ones: the configuration may have left the choice to the system. */
  static String of(BrokerConfig config, TokenOrigin origin, Broker broker) {
    return "serving tokens on "
        + new HostPort(config.endpoint().listen().host(), broker.listenPort())
        + ", admin on "
        + new HostPort(config.adminListen().host(), broker.adminPort())
        + authority(broker)
        + "; "
        + origin
            .summary()
            .map(summary -> summary + "; prefetch " + prefetch(config))
            .orElseGet(() -> entra(config));
  }

  private static String entra(BrokerConfig config) {
    return "authority "
        + config.entra().authority()
        + config.entra().tokenProxy().map(p -> " through token proxy " + p.url()).orElse("")
        + config.entra().proxy().map(proxy -> " through proxy " + proxy.address()).orElse("")
        + "; default identity "
        + config.identities().defaultIdentity().map(StartLine::identity).orElse("none")
        + ", identities "
        + config.identities().known().size()
        + config.identities().openTenant().map(t -> " and any other of tenant " + t).orElse("")
        + "; prefetch "
        + prefetch(config)
        + "; token file "
        + config.entra().federatedTokenFile().map(Path::toString).orElse("none");
  }

  /** By the name that clients must use. */
  private static String authority(Broker broker) {
    OptionalInt port = broker.authorityPort();
    return port.isPresent() ? ", as authority on https://localhost:" + port.getAsInt() : "";
  }

  private static String identity(IdentityConfig identity) {
    return identity.name() + " (" + identity.clientId() + ")";
  }

  private static String prefetch(BrokerConfig config) {
    TreeSet<String> resources = new TreeSet<>();
    config.identities().known().forEach(identity -> resources.addAll(identity.prefetch()));
    return resources.isEmpty() ? "nothing" : String.join(" ", resources);
  }
}

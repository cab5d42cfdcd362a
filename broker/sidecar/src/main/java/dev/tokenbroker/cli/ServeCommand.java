package dev.tokenbroker.cli;

import dev.tokenbroker.assembly.Broker;
import dev.tokenbroker.assembly.ListenException;
import dev.tokenbroker.assembly.TokenOrigin;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.config.IdentityConfig;
import dev.tokenbroker.config.Setting;
import dev.tokenbroker.config.Settings;
import dev.tokenbroker.doctor.MissingIdentityCheck;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;

/**
 * {@code serve}: runs the broker until a signal ends it. It also runs without the parser, so of
 * picocli there may be annotations only, which the JVM does not load.
 */
@Command(
    name = "serve",
    header = "Serve tokens on localhost until SIGTERM, then answer what is under way and stop.",
    synopsisHeading = "%nUsage:%n",
    customSynopsis = "  token-broker [serve]",
    descriptionHeading = "%nThe settings most often needed (all: token-broker help settings):%n",
    footerHeading = "%nExample:%n",
    footer = "  BROKER_PREFETCH=https://vault.azure.net token-broker serve")
public final class ServeCommand implements Subcommand {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.cli");

  /** Kubernetes kills after 30 s unless told otherwise; the last log line must come before. */
  private static final long DRAIN_SECONDS = 25;

  private final Terminal terminal;
  private final TokenOrigin entra;
  private final Shutdown shutdown;
  private final Clock clock;

  public ServeCommand(CliContext context) {
    terminal = context.terminal();
    entra = context.entra();
    shutdown = context.shutdown();
    clock = context.clock();
  }

  @Override
  public Optional<ExitCode> run() {
    Optional<BrokerConfig> config = Configuration.load(terminal);
    return config.isEmpty()
        ? Optional.of(ExitCode.USAGE)
        : start(config.get(), entra, started -> {});
  }

  /**
   * The same with a configuration and an origin of tokens that are at hand.
   *
   * @param started what to do when it serves
   */
  public Optional<ExitCode> start(
      BrokerConfig config, TokenOrigin origin, Consumer<Broker> started) {
    Broker broker;
    try {
      broker = Broker.start(config, origin).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      LOG.severe("cannot start: " + explain(cause, config));
      LOG.log(Level.FINE, "cannot start", cause);
      return Optional.of(ExitCode.FAILED);
    }
    shutdown.onSignal(() -> drain(broker::drain));
    LOG.info(serving(config, origin, broker));
    MissingIdentityCheck.warning(config, clock).ifPresent(LOG::warning);
    started.accept(broker);
    return Optional.empty();
  }

  static void drain(Supplier<Future<Void>> broker) {
    LOG.info("stopping: no new requests, waiting for those under way");
    Future<Void> drained = broker.get();
    try {
      drained.toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS, TimeUnit.SECONDS);
      LOG.info("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "stopped before everything was answered", e);
    }
  }

  /**
   * The one line that says what this broker serves. The ports are the open ones: the configuration
   * may have left the choice to the system.
   */
  private static String serving(BrokerConfig config, TokenOrigin origin, Broker broker) {
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
        + config.identities().defaultIdentity().map(ServeCommand::identity).orElse("none")
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

  /** Why the broker could not start, and which setting to change. */
  private static String explain(Throwable failure, BrokerConfig config) {
    if (!(failure instanceof ListenException e)) {
      return failure.getClass().getSimpleName() + reason(failure);
    }
    String setting = setting(e.address(), config).label();
    return "cannot listen on " + e.address() + reason(e) + "; choose another with " + setting;
  }

  private static Setting<HostPort> setting(HostPort address, BrokerConfig config) {
    if (config.authority().filter(local -> local.listen().equals(address)).isPresent()) {
      return Settings.AUTHORITY_LISTEN;
    }
    return address.equals(config.adminListen()) ? Settings.ADMIN_LISTEN : Settings.LISTEN;
  }

  /** The innermost message: the outer ones only say that something failed. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }
}

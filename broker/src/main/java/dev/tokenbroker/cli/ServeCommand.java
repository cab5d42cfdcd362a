package dev.tokenbroker.cli;

import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.doctor.MissingIdentity;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code serve}: runs the broker until a signal ends it. */
final class ServeCommand {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.cli");

  /** Kubernetes kills after 30 s unless told otherwise; the last log line must come before. */
  private static final long DRAIN_SECONDS = 25;

  private final Terminal terminal;
  private final BrokerStarter starter;
  private final Shutdown shutdown;

  ServeCommand(Terminal terminal, BrokerStarter starter, Shutdown shutdown) {
    this.terminal = terminal;
    this.starter = starter;
    this.shutdown = shutdown;
  }

  /** Why it did not start, or empty if the broker now serves in the background. */
  Optional<ExitCode> run() {
    Optional<BrokerConfig> config = Configuration.load(terminal);
    return config.isEmpty() ? Optional.of(ExitCode.USAGE) : start(config.get(), started -> {});
  }

  /**
   * The same with a configuration that is at hand.
   *
   * @param started what to do when it serves
   */
  Optional<ExitCode> start(BrokerConfig config, Consumer<RunningBroker> started) {
    RunningBroker broker;
    try {
      broker = starter.start(config).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
      LOG.severe("cannot start: " + StartFailure.explain(cause, config));
      LOG.log(Level.FINE, "cannot start", cause);
      return Optional.of(ExitCode.FAILED);
    }
    shutdown.onSignal(() -> drain(broker));
    LOG.info(StartLine.of(config, broker));
    MissingIdentity.warning(config, Clock.systemUTC()).ifPresent(LOG::warning);
    started.accept(broker);
    return Optional.empty();
  }

  private static void drain(RunningBroker broker) {
    LOG.info("stopping: no new requests, waiting for those under way");
    Future<Void> drained = broker.drain();
    try {
      drained.toCompletionStage().toCompletableFuture().get(DRAIN_SECONDS, TimeUnit.SECONDS);
      LOG.info("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "stopped before everything was answered", e);
    }
  }
}

package dev.tokenbroker.cli;

import dev.tokenbroker.config.BrokerConfig;
import io.vertx.core.Future;

/** Starts a broker; the composition root is one. */
@FunctionalInterface
public interface BrokerStarter {

  /**
   * Starts to listen.
   *
   * @return the broker, as soon as both listeners are open; a failure, best a {@link
   *     ListenException}, if one cannot be opened
   */
  Future<? extends RunningBroker> start(BrokerConfig config);
}

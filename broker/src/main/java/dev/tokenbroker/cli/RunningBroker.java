package dev.tokenbroker.cli;

import io.vertx.core.Future;
import java.util.OptionalInt;

/** A broker that serves; what the command line needs to know of it. */
public interface RunningBroker {

  /** The port of the token listener, also when the system chose it. */
  int listenPort();

  /** The port of the admin listener, also when the system chose it. */
  int adminPort();

  /** The port of the authority on loopback, if there is one. */
  default OptionalInt authorityPort() {
    return OptionalInt.empty();
  }

  /** Answers what is under way, then stops. */
  Future<Void> drain();
}

package dev.tokenbroker.logging;

import java.util.logging.LogManager;

/**
 * The JDK's log manager removes all handlers as soon as the JVM starts to shut down, at the same
 * time as our own hook drains: what happens then would never be logged. This one keeps them, and
 * does not read the JDK's logging.properties either, which nobody here uses.
 */
public final class BrokerLogManager extends LogManager {

  /** Called by the JDK, which finds this class by its name. */
  public BrokerLogManager() {}

  @Override
  public void readConfiguration() {
    // Logging sets up all there is.
  }

  @Override
  public void reset() {
    // See the class comment.
  }
}

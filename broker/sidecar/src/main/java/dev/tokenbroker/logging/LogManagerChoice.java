package dev.tokenbroker.logging;

/**
 * Makes the JDK use {@link BrokerLogManager}. It is a class of its own because to call anything in
 * that one would first initialise the JDK's LogManager, which reads the choice only then.
 */
public final class LogManagerChoice {

  private LogManagerChoice() {}

  /** Must be called before the first logger is made. */
  public static void make() {
    System.setProperty("java.util.logging.manager", BrokerLogManager.class.getName());
  }
}

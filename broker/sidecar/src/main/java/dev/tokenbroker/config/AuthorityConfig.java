package dev.tokenbroker.config;

import java.nio.file.Path;

/**
 * The Entra authority on loopback.
 *
 * @param listen a loopback address
 * @param certificate what it shows to its clients
 */
public record AuthorityConfig(HostPort listen, Certificate certificate) {

  /** Where the certificate comes from. */
  public sealed interface Certificate {}

  /**
   * The broker makes it.
   *
   * @param caFile where the apps find the CA
   * @param stateFile where certificate and key outlive a restart
   */
  public record Made(Path caFile, Path stateFile) implements Certificate {}

  /** The operator gives it, as two PEM files that are read again when they change. */
  public record Files(Path certFile, Path keyFile) implements Certificate {}
}

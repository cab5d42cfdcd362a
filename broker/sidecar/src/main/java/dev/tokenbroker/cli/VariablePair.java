package dev.tokenbroker.cli;

import java.util.Locale;

/**
 * Which of App Service's two pairs of variables lead a client to the broker. The injector's
 * annotation {@code token-broker.dev/env} takes the same names.
 */
public enum VariablePair {
  /** {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}: App Service 2019-08-01. */
  IDENTITY,
  /**
   * {@code MSI_ENDPOINT} and {@code MSI_SECRET}: App Service 2017-09-01. Some clients know no other
   * way; others fail with it (Terraform up to 1.5, azure-identity for JavaScript 1.0 to 2.1), so it
   * is never a default.
   */
  MSI,
  /** Both, for a container with old and new clients. */
  ALL;

  /** As the option names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean identity() {
    return this != MSI;
  }

  boolean msi() {
    return this != IDENTITY;
  }
}

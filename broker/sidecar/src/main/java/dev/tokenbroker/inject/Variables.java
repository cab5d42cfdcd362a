package dev.tokenbroker.inject;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which variables lead an app's Azure client to the broker, as the pod's author chooses. */
enum Variables {
  /** {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}: no known client fails with them. */
  IDENTITY(true, false),
  /**
   * {@code MSI_ENDPOINT} and {@code MSI_SECRET} in their place. Some old clients know no other way,
   * but others fail with them, so they are never the default.
   */
  MSI(false, true),
  ALL(true, true),
  /** No variable at all: the app has its own, or follows none. */
  NONE(false, false);

  private final boolean identity;
  private final boolean msi;

  Variables(boolean identity, boolean msi) {
    this.identity = identity;
    this.msi = msi;
  }

  /** The choice of this name, lower case; empty if there is none. */
  static Optional<Variables> named(String name) {
    return Stream.of(values())
        .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  boolean identity() {
    return identity;
  }

  boolean msi() {
    return msi;
  }
}

package dev.tokenbroker.assembly;

import java.util.Optional;

/** Which build this is. */
public final class Version {

  private Version() {}

  /** From the jar's manifest; a build that was not packaged has none. */
  public static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }

  /** The line that {@code --version} prints. */
  public static String text() {
    return "token-broker " + number() + ", Java " + Runtime.version();
  }
}

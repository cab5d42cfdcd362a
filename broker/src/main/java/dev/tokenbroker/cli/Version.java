package dev.tokenbroker.cli;

import java.util.Optional;

/** Which build this is. */
final class Version {

  private Version() {}

  /** From the jar's manifest; a build that was not packaged has none. */
  static String text() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return "token-broker " + version + ", Java " + Runtime.version();
  }
}

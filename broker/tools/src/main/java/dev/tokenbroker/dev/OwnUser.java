package dev.tokenbroker.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The user that this process runs as. */
public final class OwnUser {

  private static final Path SELF = Path.of("/proc/self");

  private OwnUser() {}

  /**
   * The numeric id; empty where there is no {@code /proc}: elsewhere callers are not told apart.
   */
  public static Optional<String> id() {
    try {
      return Files.isDirectory(SELF)
          ? Optional.of(String.valueOf(Files.getAttribute(SELF, "unix:uid")))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}

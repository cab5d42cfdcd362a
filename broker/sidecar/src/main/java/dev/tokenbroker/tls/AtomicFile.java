package dev.tokenbroker.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file so that a reader sees the old content or the new one, never half of it. */
final class AtomicFile {

  private AtomicFile() {}

  /** Writes for every user: the apps run as other users than the broker. */
  static void writePublic(Path file, byte[] content) throws IOException {
    write(file, content, "rw-r--r--");
  }

  /** Writes for the broker's own user alone. */
  static void writePrivate(Path file, byte[] content) throws IOException {
    write(file, content, "rw-------");
  }

  private static void write(Path file, byte[] content, String permissions) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path unfinished = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      Files.write(unfinished, content);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(permissions));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}

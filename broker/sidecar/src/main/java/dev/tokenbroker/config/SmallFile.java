package dev.tokenbroker.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file that must be small, and never more of it than that. */
final class SmallFile {

  private SmallFile() {}

  static byte[] read(Path file, int maxBytes) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("larger than " + (maxBytes >> 20) + " MiB");
      }
      return bytes;
    }
  }

  /** Says in plain words why {@link #read} failed. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "not readable for this user";
    }
    String message = e.getMessage();
    return message == null ? "not readable" : message;
  }
}

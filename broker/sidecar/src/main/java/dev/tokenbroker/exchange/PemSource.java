package dev.tokenbroker.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where certificates come from; it is read again for each exchange. */
@FunctionalInterface
public interface PemSource {

  /** The certificates in PEM as they are now; it blocks. */
  String read() throws IOException;

  static PemSource file(Path path) {
    return () -> Files.readString(path, StandardCharsets.ISO_8859_1);
  }

  static PemSource text(String pem) {
    return () -> pem;
  }
}

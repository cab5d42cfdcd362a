package dev.tokenbroker.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The source of trusted certificates: a file that may rotate, or the text itself. */
public sealed interface PemSource {

  /** The certificates in PEM as they are now; it blocks. */
  String read() throws IOException;

  /** A file, read again each time. */
  record FromFile(Path path) implements PemSource {

    @Override
    public String read() throws IOException {
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    }
  }

  /** The certificates themselves. */
  record FromText(String pem) implements PemSource {

    @Override
    public String read() {
      return pem;
    }
  }
}

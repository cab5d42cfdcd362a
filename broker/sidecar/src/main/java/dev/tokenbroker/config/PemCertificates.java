package dev.tokenbroker.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Looks into CA certificates at start, so that wrong ones do not first show as a TLS failure. */
final class PemCertificates {

  private static final int MAX_BYTES = 4 << 20;

  private PemCertificates() {}

  /** The path, if the file can be read and holds at least one certificate and nothing broken. */
  static Path check(String text) {
    Path file = Path.of(text);
    byte[] bytes;
    try {
      bytes = SmallFile.read(file, MAX_BYTES);
    } catch (IOException e) {
      throw new IllegalArgumentException(SmallFile.reason(e), e);
    }
    check(bytes);
    return file;
  }

  /** The text itself, if it is as the file should be. */
  static String checkText(String text) {
    check(text.getBytes(StandardCharsets.ISO_8859_1));
    return text;
  }

  private static void check(byte[] bytes) {
    // The factory would take a bare DER certificate too.
    if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
      throw new IllegalArgumentException("no PEM certificate in it");
    }
    try {
      CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate in it is broken", e);
    }
  }
}

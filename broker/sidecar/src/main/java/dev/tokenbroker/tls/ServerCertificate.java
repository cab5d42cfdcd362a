package dev.tokenbroker.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A certificate and its key, as they are at one moment.
 *
 * @param chain PEM, the server's own certificate first
 * @param key PEM, PKCS#8 or PKCS#1; never printed
 * @param expiry the end of the server's own certificate
 */
public record ServerCertificate(Buffer chain, Buffer key, Instant expiry) {

  /**
   * Blocks: call it off the event loop.
   *
   * @throws IOException if a file cannot be read or the chain is no certificate
   */
  public static ServerCertificate read(Path certificateFile, Path keyFile) throws IOException {
    Buffer chain = Buffer.buffer(Files.readAllBytes(certificateFile));
    Buffer key = Buffer.buffer(Files.readAllBytes(keyFile));
    try {
      X509Certificate own =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(chain.getBytes()));
      return new ServerCertificate(chain, key, own.getNotAfter().toInstant());
    } catch (CertificateException e) {
      throw new IOException(certificateFile + " holds no PEM certificate", e);
    }
  }

  public PemKeyCertOptions keyCert() {
    return new PemKeyCertOptions().setCertValue(chain).setKeyValue(key);
  }

  @Override
  public String toString() {
    return "certificate until " + expiry;
  }
}

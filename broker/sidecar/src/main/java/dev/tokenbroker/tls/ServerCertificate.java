package dev.tokenbroker.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Gives a listener its certificate, at the start and whenever the listener looks again. */
  @FunctionalInterface
  public interface Source {

    /**
     * Returns the certificate to serve from now on; the same one as before if nothing has changed.
     * It blocks: call it off the event loop.
     *
     * @throws IOException if there is none that can be served; the message names the file
     */
    ServerCertificate current() throws IOException;
  }

  /**
   * Reads a chain and its key; it blocks, so call it off the event loop.
   *
   * @throws IOException if a file cannot be read or the chain is no certificate
   */
  public static ServerCertificate read(Path certificateFile, Path keyFile) throws IOException {
    Buffer chain = Buffer.buffer(Files.readAllBytes(certificateFile));
    Buffer key = Buffer.buffer(Files.readAllBytes(keyFile));
    try {
      X509Certificate own = Pem.certificatesIn(chain.getBytes()).get(0);
      return new ServerCertificate(chain, key, own.getNotAfter().toInstant());
    } catch (IOException e) {
      throw new IOException(certificateFile + ": " + e.getMessage(), e);
    }
  }

  /** The certificate and its key as Vert.x takes them. */
  public PemKeyCertOptions keyCert() {
    return new PemKeyCertOptions().setCertValue(chain).setKeyValue(key);
  }

  @Override
  public String toString() {
    return "certificate until " + expiry;
  }
}

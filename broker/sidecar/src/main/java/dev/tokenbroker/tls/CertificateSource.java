package dev.tokenbroker.tls;

import java.io.IOException;

/** Gives a listener its certificate, at the start and whenever the listener looks again. */
@FunctionalInterface
public interface CertificateSource {

  /**
   * Returns the certificate to serve from now on; the same one as before if nothing has changed. It
   * blocks: call it off the event loop.
   *
   * @throws IOException if there is none that can be served; the message names the file
   */
  ServerCertificate current() throws IOException;
}

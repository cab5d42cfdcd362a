package dev.tokenbroker.tls;

import java.io.IOException;

/** Where a listener's certificate comes from; asked at the start and now and then. */
@FunctionalInterface
public interface CertificateSource {

  /**
   * The certificate to serve from now on; the same one as before if nothing has changed. It blocks:
   * call it off the event loop.
   *
   * @throws IOException if there is none that can be served; the message names the file
   */
  ServerCertificate current() throws IOException;
}

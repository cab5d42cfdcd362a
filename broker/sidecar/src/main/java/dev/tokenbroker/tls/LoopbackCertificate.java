package dev.tokenbroker.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate for localhost, 127.0.0.1 and ::1, its key, and the CA that signed it and whose own
 * key is gone.
 */
record LoopbackCertificate(PrivateKey key, X509Certificate server, X509Certificate ca) {

  ServerCertificate toServe() {
    return new ServerCertificate(
        Pem.certificates(List.of(server, ca)), Pem.key(key), server.getNotAfter().toInstant());
  }

  Instant expiry() {
    return server.getNotAfter().toInstant();
  }

  @Override
  public String toString() {
    return "certificate for localhost until " + expiry();
  }
}

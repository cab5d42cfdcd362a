package dev.tokenbroker.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The files by which clients trust the broker's own CA, in a folder that they can read. The CA's
 * file is for what adds to its own roots ({@code NODE_EXTRA_CA_CERTS}); the other two hold the
 * usual roots as well, for what takes one file in place of its own ({@code REQUESTS_CA_BUNDLE},
 * {@code SSL_CERT_FILE}, Java).
 *
 * @param caFile the CA, PEM, and before it those that older clients know; the bundle and the trust
 *     store stand beside it
 */
public record TrustFiles(Path caFile) {

  public static final String BUNDLE = "bundle.pem";
  public static final String TRUST_STORE = "truststore.p12";

  /** Java's usual one: nothing in it is secret, but Java reads no PKCS 12 without a password. */
  public static final String TRUST_STORE_PASSWORD = "changeit";

  /** A broker that loses its state again and again must not fill the volume. */
  private static final int MAX_CAS = 8;

  /** PEM, the usual roots and the CA. */
  public Path bundle() {
    return caFile.resolveSibling(BUNDLE);
  }

  /** PKCS 12, the same for Java. */
  public Path trustStore() {
    return caFile.resolveSibling(TRUST_STORE);
  }

  /**
   * Writes all three. The CAs that the file had, and that have not ended, stay trusted.
   *
   * @param roots the usual roots
   */
  void write(X509Certificate ca, List<X509Certificate> roots, Instant now) throws IOException {
    List<X509Certificate> cas = new ArrayList<>(earlier(now));
    cas.remove(ca);
    cas.add(ca);
    cas = cas.subList(Math.max(0, cas.size() - MAX_CAS), cas.size());
    List<X509Certificate> all = new ArrayList<>(roots);
    all.addAll(cas);
    AtomicFile.writePublic(bundle(), Pem.certificates(all).getBytes());
    AtomicFile.writePublic(trustStore(), keyStore(all));
    // Last: whoever waits for this file finds the others.
    AtomicFile.writePublic(caFile, Pem.certificates(cas).getBytes());
  }

  private List<X509Certificate> earlier(Instant now) {
    try {
      return Pem.certificatesIn(Files.readAllBytes(caFile)).stream()
          .filter(ca -> ca.getNotAfter().toInstant().isAfter(now))
          .toList();
    } catch (IOException e) {
      // None, or not what we wrote: then nobody trusts what it held.
      return List.of();
    }
  }

  private static byte[] keyStore(List<X509Certificate> certificates) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("root-" + i, certificates.get(i));
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, TRUST_STORE_PASSWORD.toCharArray());
      return out.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java can write PKCS 12", e);
    }
  }
}

package dev.tokenbroker.tls;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The CA certificates by which the broker verifies a server: the system's, with or without those of
 * a file, or given ones alone. A file is read again each time, and while a rotation leaves it
 * empty, missing or broken, the old certificates stay in force.
 */
public final class TrustedRoots {

  private static final Logger LOG = Logger.getLogger(TrustedRoots.class.getName());

  /** The trust made from these certificates. */
  private record Made(String pem, TrustOptions trust) {}

  private final Optional<PemSource> source;
  private final boolean besideSystem;
  private Optional<Made> made = Optional.empty();

  private TrustedRoots(Optional<PemSource> source, boolean besideSystem) {
    this.source = source;
    this.besideSystem = besideSystem;
  }

  /** The system's roots, and those of the file in addition. */
  public static TrustedRoots system(Optional<Path> caFile) {
    return new TrustedRoots(caFile.map(PemSource.FromFile::new), true);
  }

  /** These certificates in place of the system's roots. */
  public static TrustedRoots only(PemSource source) {
    return new TrustedRoots(Optional.of(source), false);
  }

  /**
   * The roots as of now; it blocks.
   *
   * @throws UnusableRootsException if there are none, and have never been
   */
  public synchronized TrustOptions current() throws UnusableRootsException {
    try {
      String pem = source.isPresent() ? source.get().read() : "";
      if (made.isEmpty() || !pem.equals(made.get().pem())) {
        made = Optional.of(new Made(pem, TrustOptions.wrap(factory(pem))));
      }
    } catch (GeneralSecurityException | IOException e) {
      if (made.isEmpty()) {
        throw new UnusableRootsException(e);
      }
      LOG.log(Level.FINE, "the old trusted roots stay, since the new ones cannot be used", e);
    }
    return made.orElseThrow().trust();
  }

  /**
   * The system's roots, then those of the file.
   *
   * @throws IllegalStateException if the file cannot be read or holds no certificates
   */
  public static List<X509Certificate> all(Optional<Path> caFile) {
    try {
      List<X509Certificate> roots = new ArrayList<>(systemRoots());
      if (caFile.isPresent()) {
        roots.addAll(certificates(new PemSource.FromFile(caFile.get()).read()));
      }
      return roots;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot read the trusted roots: " + e.getMessage(), e);
    }
  }

  private TrustManagerFactory factory(String pem) throws GeneralSecurityException, IOException {
    if (source.isEmpty()) {
      return factory((KeyStore) null);
    }
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    for (X509Certificate root : besideSystem ? systemRoots() : List.<X509Certificate>of()) {
      roots.setCertificateEntry("system-" + roots.size(), root);
    }
    for (X509Certificate root : certificates(pem)) {
      roots.setCertificateEntry("given-" + roots.size(), root);
    }
    return factory(roots);
  }

  private static List<X509Certificate> systemRoots() throws GeneralSecurityException {
    for (TrustManager manager : factory((KeyStore) null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return List.of(x509.getAcceptedIssuers());
      }
    }
    return List.of();
  }

  private static List<X509Certificate> certificates(String pem) throws IOException {
    return Pem.certificatesIn(pem.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Null stands for the system's own roots ({@link TrustManagerFactory#init(KeyStore)}). */
  private static TrustManagerFactory factory(@Nullable KeyStore roots)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots);
    return factory;
  }
}

package dev.tokenbroker.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the broker believes to be Entra: the system's roots, and the operator's in addition. */
public final class TrustedRoots {

  private TrustedRoots() {}

  /**
   * The system's roots together with those of the file.
   *
   * @throws IllegalStateException if the file cannot be read or holds no certificates
   */
  static TrustManagerFactory with(Optional<Path> caFile) {
    try {
      if (caFile.isEmpty()) {
        return factory(null);
      }
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      int count = 0;
      for (X509Certificate root : all(caFile)) {
        roots.setCertificateEntry("root-" + count++, root);
      }
      return factory(roots);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot build the trusted roots: " + e.getMessage(), e);
    }
  }

  /**
   * The system's roots, then those of the file.
   *
   * @throws IllegalStateException if the file cannot be read or holds no certificates
   */
  public static List<X509Certificate> all(Optional<Path> caFile) {
    try {
      List<X509Certificate> roots = new ArrayList<>(List.of(systemRoots()));
      if (caFile.isPresent()) {
        for (Certificate root : certificates(caFile.get())) {
          roots.add((X509Certificate) root);
        }
      }
      return roots;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot read the trusted roots: " + e.getMessage(), e);
    }
  }

  private static X509Certificate[] systemRoots() throws GeneralSecurityException {
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
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

package dev.tokenbroker.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * A certificate that the broker makes for itself. It outlives the broker in a file that no other
 * container can read, so a broker that starts again serves the certificate that the clients already
 * trust; the CA's key is on no disk, since it signs once and is forgotten.
 */
public final class OwnCertificate implements ServerCertificate.Source {

  private static final Logger LOG = Logger.getLogger("dev.tokenbroker.certificate");

  /**
   * Renewed after four years, at the next start or while the broker runs: from then on only clients
   * that have started since trust it.
   */
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(365);

  private static final int MAX_STATE_BYTES = 64 * 1024;

  private final Path stateFile;
  private final TrustFiles trust;
  private final Supplier<List<X509Certificate>> roots;
  private final Clock clock;
  private Optional<PrivateCa.Issued> served = Optional.empty();

  /**
   * @param stateFile holds certificate and key; for the broker alone
   * @param trust for the clients
   * @param roots the usual roots, asked for when the files are written
   */
  public OwnCertificate(
      Path stateFile, TrustFiles trust, Supplier<List<X509Certificate>> roots, Clock clock) {
    this.stateFile = stateFile;
    this.trust = trust;
    this.roots = roots;
    this.clock = clock;
  }

  @Override
  public synchronized ServerCertificate current() throws IOException {
    Instant now = clock.instant();
    if (served.filter(certificate -> isGoodAt(certificate, now)).isEmpty()) {
      PrivateCa.Issued next = load().filter(found -> isGoodAt(found, now)).orElse(null);
      if (next == null) {
        next = PrivateCa.issue(now);
        save(next);
        LOG.info("made a new " + next + "; clients trust it by " + trust.caFile());
      }
      trust.write(next.ca(), roots.get(), now);
      served = Optional.of(next);
    }
    return served.get().toServe();
  }

  private static boolean isGoodAt(PrivateCa.Issued certificate, Instant now) {
    return now.isBefore(certificate.expiry().minus(RENEWED_BEFORE_END));
  }

  private void save(PrivateCa.Issued certificate) throws IOException {
    byte[] content =
        Pem.key(certificate.key())
            .appendBuffer(Pem.certificates(List.of(certificate.server(), certificate.ca())))
            .getBytes();
    try {
      AtomicFile.writePrivate(stateFile, content);
    } catch (IOException e) {
      throw new IOException("cannot write " + stateFile + ": " + e.getClass().getSimpleName(), e);
    }
  }

  private Optional<PrivateCa.Issued> load() {
    try (var in = Files.newInputStream(stateFile)) {
      byte[] content = in.readNBytes(MAX_STATE_BYTES);
      List<X509Certificate> chain = Pem.certificatesIn(content);
      if (chain.size() != 2) {
        throw new IOException("it does not hold two certificates");
      }
      PrivateCa.Issued found = new PrivateCa.Issued(Pem.keyIn(content), chain.get(0), chain.get(1));
      verify(found);
      return Optional.of(found);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | GeneralSecurityException e) {
      LOG.warning(() -> stateFile + " cannot be used, a new CA takes its place: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Checks that the parts belong together. */
  private static void verify(PrivateCa.Issued found) throws GeneralSecurityException {
    found.server().verify(found.ca().getPublicKey());
    byte[] challenge = found.server().getEncoded();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(found.key());
    signature.update(challenge);
    byte[] signed = signature.sign();
    signature.initVerify(found.server());
    signature.update(challenge);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("its key is that of another certificate");
    }
  }
}

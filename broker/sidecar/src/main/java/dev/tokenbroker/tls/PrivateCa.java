package dev.tokenbroker.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate authority that lives for one signature: it signs one certificate for loopback, and
 * its key is forgotten. What is left of it is a certificate that clients can trust, with nobody
 * able to sign anything more in its name.
 */
final class PrivateCa {

  /**
   * Longer than pods live: a client that trusts this CA has no way to learn of the next one but to
   * start again.
   */
  static final Duration LIFE = Duration.ofDays(5 * 365);

  /** For clocks that are behind ours. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final String COMMON_NAME = "2.5.4.3";
  private static final int SERIAL_BITS = 127;

  /**
   * A certificate for localhost, 127.0.0.1 and ::1, its key, and the CA that signed it and whose
   * own key is gone.
   */
  record Issued(PrivateKey key, X509Certificate server, X509Certificate ca) {

    ServerCertificate toServe() {
      return new ServerCertificate(Pem.certificates(List.of(server, ca)), Pem.key(key), expiry());
    }

    Instant expiry() {
      return server.getNotAfter().toInstant();
    }

    @Override
    public String toString() {
      return "certificate for localhost until " + expiry();
    }
  }

  private PrivateCa() {}

  /** A new CA and the one certificate it ever signs. */
  static Issued issue(Instant now) {
    try {
      SecureRandom random = new SecureRandom();
      Instant from = now.minus(BACKDATED);
      Instant until = now.plus(LIFE);
      KeyPair caKey = keyPair(random);
      KeyPair serverKey = keyPair(random);
      // Old and new ones stand side by side in one bundle: their names must differ.
      byte[] caName = name("token-broker CA " + HexFormat.of().toHexDigits(random.nextInt()));
      X509Certificate ca =
          sign(
              caKey.getPrivate(),
              body(
                  serial(random),
                  caName,
                  validity(from, until),
                  caName,
                  caKey.getPublic(),
                  Extension.certificateAuthority(),
                  Extension.signsCertificates(),
                  Extension.onlyLoopbackNames(),
                  Extension.subjectKeyId(caKey.getPublic())));
      X509Certificate server =
          sign(
              caKey.getPrivate(),
              body(
                  serial(random),
                  caName,
                  validity(from, until),
                  name("localhost"),
                  serverKey.getPublic(),
                  Extension.notAnAuthority(),
                  Extension.signsHandshakes(),
                  Extension.serverAuthentication(),
                  Extension.loopbackNames(),
                  Extension.subjectKeyId(serverKey.getPublic()),
                  Extension.authorityKeyId(caKey.getPublic())));
      return new Issued(serverKey.getPrivate(), server, ca);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java can sign with P-256", e);
    }
  }

  private static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  /** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
  private static byte[] serial(SecureRandom random) {
    return Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(commonName))));
  }

  private static byte[] validity(Instant from, Instant until) {
    return Der.sequence(Der.time(from), Der.time(until));
  }

  /** TBSCertificate, version 3 (RFC 5280 §4.1). */
  private static byte[] body(
      byte[] serial,
      byte[] issuer,
      byte[] validity,
      byte[] subject,
      PublicKey key,
      byte[]... extensions) {
    return Der.sequence(
        Der.wrapped(0, Der.integer(BigInteger.TWO)),
        serial,
        ECDSA_WITH_SHA256,
        issuer,
        validity,
        subject,
        key.getEncoded(),
        Der.wrapped(3, Der.sequence(extensions)));
  }

  private static X509Certificate sign(PrivateKey key, byte[] body) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(body);
    byte[] certificate = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
  }
}

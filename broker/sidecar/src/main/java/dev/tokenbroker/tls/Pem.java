package dev.tokenbroker.tls;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes certificates and keys as text.
 *
 * <p>Source: <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>.
 */
public final class Pem {

  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");
  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String CERTIFICATE_BEGIN = "-----BEGIN CERTIFICATE-----";

  private Pem() {}

  static Buffer certificates(Collection<X509Certificate> certificates) {
    Buffer text = Buffer.buffer();
    try {
      for (X509Certificate certificate : certificates) {
        text.appendString(block(CERTIFICATE, certificate.getEncoded()));
      }
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
    return text;
  }

  static Buffer key(PrivateKey key) {
    return Buffer.buffer(block(KEY, key.getEncoded()));
  }

  /**
   * Returns all certificates in the text, in their order, and skips everything else.
   *
   * @throws IOException if there is none, or one of them is broken or cut off
   */
  public static List<X509Certificate> certificatesIn(byte[] text) throws IOException {
    int begun = begins(text);
    if (begun == 0) {
      throw new IOException("no PEM certificate in it");
    }
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : blocks(CERTIFICATE, text)) {
        found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate in it is broken", e);
    }
    if (found.size() < begun) {
      throw new IOException("a certificate in it is broken");
    }
    return found;
  }

  private static int begins(byte[] text) {
    String all = new String(text, StandardCharsets.ISO_8859_1);
    int count = 0;
    for (int at = all.indexOf(CERTIFICATE_BEGIN);
        at >= 0;
        at = all.indexOf(CERTIFICATE_BEGIN, at + 1)) {
      count++;
    }
    return count;
  }

  /** The first key in the text, which must be an elliptic curve one in PKCS#8. */
  static PrivateKey keyIn(byte[] text) throws IOException {
    List<byte[]> keys = blocks(KEY, text);
    if (keys.isEmpty()) {
      throw new IOException("it holds no key");
    }
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
    } catch (GeneralSecurityException e) {
      // Nothing of the key may get into a message.
      throw new IOException("its key cannot be read");
    }
  }

  private static List<byte[]> blocks(String label, byte[] text) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(text, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      if (matcher.group(1).equals(label)) {
        blocks.add(decode(matcher.group(2)));
      }
    }
    return blocks;
  }

  private static byte[] decode(String base64) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException("it is not PEM");
    }
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + BASE64.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}

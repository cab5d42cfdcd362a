package dev.tokenbroker.tls;

import dev.tokenbroker.util.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;

/** The certificate extensions that the private CA uses, in DER (RFC 5280 §4.2). */
final class Extension {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  private static final byte[] LOCALHOST = "localhost".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_ID_BYTES = 20;

  private Extension() {}

  /** A CA that signs no other CA. */
  static byte[] certificateAuthority() {
    return critical("2.5.29.19", Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO)));
  }

  static byte[] notAnAuthority() {
    return critical("2.5.29.19", Der.sequence());
  }

  /** {@code keyCertSign}, bit 5. */
  static byte[] signsCertificates() {
    return critical("2.5.29.15", Der.bits(new byte[] {0x04}, 2));
  }

  /** {@code digitalSignature}, bit 0. */
  static byte[] signsHandshakes() {
    return critical("2.5.29.15", Der.bits(new byte[] {(byte) 0x80}, 7));
  }

  static byte[] serverAuthentication() {
    return plain("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")));
  }

  /** The names under which a listener on loopback is reached. */
  static byte[] loopbackNames() {
    return plain(
        "2.5.29.17",
        Der.sequence(
            Der.tagged(DNS_NAME, LOCALHOST),
            Der.tagged(IP_ADDRESS, IPV4_LOOPBACK),
            Der.tagged(IP_ADDRESS, IPV6_LOOPBACK)));
  }

  /**
   * Whatever the CA signs is good for these names only: to trust it is to trust nobody but
   * loopback.
   */
  static byte[] onlyLoopbackNames() {
    return critical(
        "2.5.29.30",
        Der.sequence(
            Der.wrapped(
                0,
                subtree(DNS_NAME, LOCALHOST),
                subtree(IP_ADDRESS, withFullMask(IPV4_LOOPBACK)),
                subtree(IP_ADDRESS, withFullMask(IPV6_LOOPBACK)))));
  }

  static byte[] subjectKeyId(PublicKey key) {
    return plain("2.5.29.14", Der.octets(keyId(key)));
  }

  static byte[] authorityKeyId(PublicKey key) {
    return plain("2.5.29.35", Der.sequence(Der.tagged(0, keyId(key))));
  }

  private static byte[] subtree(int kind, byte[] name) {
    return Der.sequence(Der.tagged(kind, name));
  }

  private static byte[] withFullMask(byte[] address) {
    byte[] block = Arrays.copyOf(address, 2 * address.length);
    Arrays.fill(block, address.length, block.length, (byte) 0xff);
    return block;
  }

  /** Any digest will do (RFC 5280 §4.2.1.2): it only tells keys apart. */
  private static byte[] keyId(PublicKey key) {
    return Arrays.copyOf(Sha256.of(key.getEncoded()), KEY_ID_BYTES);
  }

  private static byte[] critical(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value));
  }

  private static byte[] plain(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }
}

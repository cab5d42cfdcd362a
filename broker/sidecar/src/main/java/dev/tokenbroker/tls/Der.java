package dev.tokenbroker.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes the few ASN.1 types of a certificate in DER (ITU-T X.690): the JDK reads certificates but
 * has no public way to make one.
 */
final class Der {

  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** RFC 5280 §4.1.2.5: UTCTime up to 2049. */
  private static final Instant YEAR_2050 = Instant.parse("2050-01-01T00:00:00Z");

  private static final int CONSTRUCTED = 0x20;
  private static final int CONTEXT = 0x80;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(CONSTRUCTED | 0x10, join(parts));
  }

  static byte[] set(byte[]... parts) {
    return value(CONSTRUCTED | 0x11, join(parts));
  }

  /**
   * A context-specific tag around whole values: {@code [number] EXPLICIT}, or a constructed one.
   */
  static byte[] wrapped(int number, byte[]... parts) {
    return value(CONTEXT | CONSTRUCTED | number, join(parts));
  }

  /** A context-specific tag in place of a string's own: {@code [number] IMPLICIT}. */
  static byte[] tagged(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] yes() {
    return value(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return value(0x04, content);
  }

  /** A bit string of whole octets. */
  static byte[] bits(byte[] content) {
    return bits(content, 0);
  }

  /**
   * A bit string.
   *
   * @param unused how many of the last octet's low bits do not belong to it
   */
  static byte[] bits(byte[] content, int unused) {
    return value(0x03, join(new byte[] {(byte) unused}, content));
  }

  static byte[] utf8(String text) {
    return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An object identifier, such as {@code 2.5.29.17}. */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    base128(out, Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      base128(out, Integer.parseInt(arcs[i]));
    }
    return value(0x06, out.toByteArray());
  }

  static byte[] time(Instant instant) {
    boolean early = instant.isBefore(YEAR_2050);
    String text = (early ? UTC_TIME : GENERALIZED_TIME).format(instant);
    return value(early ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void base128(ByteArrayOutputStream out, int number) {
    int shift = 28;
    while (shift > 0 && number >> shift == 0) {
      shift -= 7;
    }
    for (; shift > 0; shift -= 7) {
      out.write(((number >> shift) & 0x7f) | 0x80);
    }
    out.write(number & 0x7f);
  }

  private static byte[] value(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    int length = content.length;
    if (length > 0x7f) {
      int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | octets);
      for (int i = octets - 1; i > 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

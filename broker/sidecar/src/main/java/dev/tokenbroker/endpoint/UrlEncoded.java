package dev.tokenbroker.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Walks over {@code name=value&…} (a query, or a form of the type {@code
 * application/x-www-form-urlencoded}) without building a map: of most pairs nobody wants the value.
 */
public final class UrlEncoded {

  /** What the JDK puts where bytes are not UTF-8. */
  private static final char NOT_UTF8 = '\ufffd';

  private final String text;
  private int nameStart;
  private int nameEnd;
  private int pairEnd = -1;

  public UrlEncoded(String text) {
    this.text = text;
  }

  /** Moves on to the next pair. */
  public boolean next() {
    if (pairEnd >= text.length()) {
      return false;
    }
    nameStart = pairEnd + 1;
    int ampersand = text.indexOf('&', nameStart);
    pairEnd = ampersand < 0 ? text.length() : ampersand;
    int equals = text.indexOf('=', nameStart);
    nameEnd = equals < 0 || equals > pairEnd ? pairEnd : equals;
    return true;
  }

  /** Whether the pair has this name, without regard to case. */
  public boolean nameIs(String name) {
    int percent = text.indexOf('%', nameStart);
    if (percent >= 0 && percent < nameEnd) {
      return decode(nameStart, nameEnd).filter(name::equalsIgnoreCase).isPresent();
    }
    return nameEnd - nameStart == name.length()
        && text.regionMatches(true, nameStart, name, 0, name.length());
  }

  /** The name of the pair, decoded; nothing if its escapes are broken or are not UTF-8. */
  Optional<String> name() {
    return decode(nameStart, nameEnd);
  }

  /** The value of the pair, decoded; nothing if its escapes are broken or are not UTF-8. */
  public Optional<String> value() {
    return decode(Math.min(nameEnd + 1, pairEnd), pairEnd);
  }

  private Optional<String> decode(int start, int end) {
    byte[] octets = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      int c = text.charAt(i);
      if (c == '+') {
        c = ' ';
      } else if (c == '%') {
        c = i + 2 < end ? octet(text, i) : -1;
        i += 2;
      } else if (c > 0x7f) {
        c = -1;
      }
      if (c < 0) {
        return Optional.empty();
      }
      octets[length++] = (byte) c;
    }
    String decoded = new String(octets, 0, length, StandardCharsets.UTF_8);
    return decoded.indexOf(NOT_UTF8) < 0 ? Optional.of(decoded) : Optional.empty();
  }

  /** The octet that the escape at this percent sign stands for, or -1 if it is none. */
  static int octet(String text, int percent) {
    return percent + 2 < text.length()
            && HexFormat.isHexDigit(text.charAt(percent + 1))
            && HexFormat.isHexDigit(text.charAt(percent + 2))
        ? HexFormat.fromHexDigits(text, percent + 1, percent + 3)
        : -1;
  }
}

package dev.tokenbroker.token;

import java.util.Locale;

/** The form of client, object and most tenant ids: 8-4-4-4-12 hexadecimal digits. */
public final class Guid {

  private static final int LENGTH = 36;

  private Guid() {}

  /** Whether {@code text} has that form, in either case. */
  public static boolean isGuid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean dashExpected = i == 8 || i == 13 || i == 18 || i == 23;
      if (dashExpected ? c != '-' : !isHexDigit(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the id in lower case.
   *
   * @throws IllegalArgumentException if it is no GUID; the message does not repeat it
   */
  public static String parse(String text) {
    if (!isGuid(text)) {
      throw new IllegalArgumentException("not a GUID");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}

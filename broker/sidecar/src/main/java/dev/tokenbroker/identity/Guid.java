package dev.tokenbroker.identity;

/** The one form in which Entra writes application ids: 8-4-4-4-12 hexadecimal digits. */
final class Guid {

  private static final int LENGTH = 36;

  private Guid() {}

  static boolean isGuid(String text) {
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

  private static boolean isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}

package dev.tokenbroker.logging;

/**
 * The last line of defence: nobody here logs a token on purpose, but a library may put one into an
 * exception's text. Every JWT starts with {@code eyJ}, the base64url of an opening brace and quote.
 */
final class Redaction {

  private static final String START = "eyJ";
  private static final int SHORTEST = 20;

  private Redaction() {}

  /** Replaces everything that looks like a JWT by {@code ***}. */
  static String hideTokens(String text) {
    int start = text.indexOf(START);
    if (start < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int done = 0;
    while (start >= 0) {
      int end = start;
      while (end < text.length() && isTokenCharacter(text.charAt(end))) {
        end++;
      }
      if (end - start >= SHORTEST) {
        out.append(text, done, start).append("***");
        done = end;
      }
      start = text.indexOf(START, end);
    }
    return out.append(text, done, text.length()).toString();
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}

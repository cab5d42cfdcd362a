package dev.tokenbroker.json;

/**
 * Escapes text for a JSON string (RFC 8259 §7). Characters that steer a terminal or turn a line
 * around are escaped, too.
 */
public final class JsonText {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /** Appends the text as the inside of a JSON string, without the quotes around it. */
  public static StringBuilder escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        escapeUnprintable(out, c);
      }
    }
    return out;
  }

  /** Appends the character, or the escape of Java and JSON that stands for it; quotes stay. */
  public static void escapeUnprintable(StringBuilder out, char c) {
    if (c >= ' ' && c < 0x7f) {
      out.append(c);
      return;
    }
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isUnprintable(c)) {
          appendHex(out, c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private static boolean isUnprintable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void appendHex(StringBuilder out, char c) {
    out.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[(c >> 8) & 0xf])
        .append(HEX[(c >> 4) & 0xf])
        .append(HEX[c & 0xf]);
  }
}

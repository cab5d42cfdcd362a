package dev.tokenbroker.logging;

/** Characters that steer a terminal or turn a line around; both formats write them as escapes. */
public final class Unprintable {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Unprintable() {}

  /** The text with such characters escaped, line ends excepted: for what is printed in lines. */
  public static String escapeAllButLineEnds(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append(c);
      } else {
        escape(out, c);
      }
    }
    return out.toString();
  }

  /** The text as one line, with all such characters escaped. */
  public static String escapeAll(String text) {
    return escapeAllButLineEnds(text).replace("\n", "\\n");
  }

  /** Appends the character, or the escape of Java and JSON that stands for it. */
  static void escape(StringBuilder out, char c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (is(c)) {
          append(out, c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private static boolean is(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void append(StringBuilder out, char c) {
    out.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[(c >> 8) & 0xf])
        .append(HEX[(c >> 4) & 0xf])
        .append(HEX[c & 0xf]);
  }
}

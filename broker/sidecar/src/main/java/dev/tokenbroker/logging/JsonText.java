package dev.tokenbroker.logging;

/** Writes a JSON string (RFC 8259 section 7), quotes included. */
final class JsonText {

  private static final int MAX = 8192;

  private JsonText() {}

  static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < Math.min(MAX, text.length()); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        Unprintable.escape(out, c);
      }
    }
    out.append(text.length() > MAX ? "...\"" : "\"");
  }
}

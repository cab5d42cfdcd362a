package dev.tokenbroker.endpoint;

/** Writes JSON strings (RFC 8259 §7). */
final class JsonText {

  private JsonText() {}

  /** Appends the text as the inside of a JSON string, without the quotes around it. */
  static StringBuilder escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out;
  }
}

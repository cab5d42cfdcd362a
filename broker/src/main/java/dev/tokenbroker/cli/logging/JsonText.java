package dev.tokenbroker.cli.logging;

/** Writes a JSON string (RFC 8259 section 7), quotes included. */
final class JsonText {

  private static final int MAX = 8192;

  private JsonText() {}

  static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < Math.min(MAX, text.length()); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (Unprintable.is(c)) {
            Unprintable.append(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append(text.length() > MAX ? "...\"" : "\"");
  }
}

package dev.tokenbroker.config;

/** Formats what was found for messages: on one line, not too long, and without its secrets. */
final class Redacted {

  private static final int MAX = 120;

  private Redacted() {}

  /** A value, in quotes. */
  static String of(String text) {
    // Every JWT starts so: somebody pasted a token where its path or an id belongs.
    return text.startsWith("eyJ") ? "a token (hidden)" : '"' + plain(maskUser(text)) + '"';
  }

  /** A text on one line, shortened. */
  static String plain(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(MAX, text.length()); i++) {
      char c = text.charAt(i);
      out.append(c < ' ' || (c > '~' && !Character.isLetterOrDigit(c)) ? '?' : c);
    }
    return out.append(text.length() > MAX ? "..." : "").toString();
  }

  /** Names the kind of a piece of the file, for where a value of another kind belongs. */
  static String kind(Yaml.Node node) {
    if (node instanceof Yaml.Scalar scalar) {
      return scalar.blank() ? "nothing" : "a single value";
    }
    if (node instanceof Yaml.Sequence list) {
      return list.items().isEmpty() ? "an empty list" : "a list";
    }
    return "a mapping";
  }

  /** Masks all that stands before the last '@', but for the scheme. */
  private static String maskUser(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return text;
    }
    int scheme = text.indexOf("://");
    String start = scheme < 0 || scheme > at ? "" : text.substring(0, scheme + 3);
    return start + "***" + text.substring(at);
  }
}

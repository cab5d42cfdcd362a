package dev.tokenbroker.client;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The top level of a JSON object as text: strings unescaped, numbers and literals as they stand,
 * objects and arrays passed over. All that a token answer, an error answer and the claims of a
 * token need, without a dependency. Strict: what is not JSON (RFC 8259) fails.
 */
final class FlatJson {

  private static final int MAX_DEPTH = 32;
  private static final Pattern SCALAR =
      Pattern.compile("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  /** Fails with IllegalArgumentException; its text never quotes the input, which may be secret. */
  static Map<String, String> parse(String text) {
    FlatJson json = new FlatJson(text);
    Map<String, String> members = new LinkedHashMap<>();
    json.skipSpace();
    json.object(members, 0);
    json.skipSpace();
    if (json.at != text.length()) {
      throw json.broken();
    }
    return members;
  }

  private void object(Map<String, String> members, int depth) {
    expect('{');
    if (skipEmpty('}')) {
      return;
    }
    do {
      skipSpace();
      String name = string();
      skipSpace();
      expect(':');
      skipSpace();
      value(members, name, depth);
      skipSpace();
    } while (more('}'));
  }

  private void array(int depth) {
    expect('[');
    if (skipEmpty(']')) {
      return;
    }
    do {
      skipSpace();
      value(new LinkedHashMap<>(), "", depth);
      skipSpace();
    } while (more(']'));
  }

  private void value(Map<String, String> members, String name, int depth) {
    if (depth > MAX_DEPTH) {
      throw broken();
    }
    switch (peek()) {
      case '{' -> object(new LinkedHashMap<>(), depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> members.put(name, string());
      default -> members.put(name, scalar());
    }
  }

  private String scalar() {
    int start = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String scalar = text.substring(start, at);
    if (!SCALAR.matcher(scalar).matches()) {
      throw broken();
    }
    return scalar;
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw broken();
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex4();
      default -> throw broken();
    };
  }

  private char hex4() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char digit = next();
      if (!HexFormat.isHexDigit(digit)) {
        throw broken();
      }
      code = code * 16 + HexFormat.fromHexDigit(digit);
    }
    return (char) code;
  }

  private boolean skipEmpty(char end) {
    skipSpace();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  private boolean more(char end) {
    char c = next();
    if (c != ',' && c != end) {
      throw broken();
    }
    return c == ',';
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char wanted) {
    if (next() != wanted) {
      throw broken();
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw broken();
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException("not a JSON object, at character " + at);
  }
}

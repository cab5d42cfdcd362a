package dev.tokenbroker.logging;

import dev.tokenbroker.json.JsonText;

/** Characters that steer a terminal or turn a line around; both formats write them as escapes. */
public final class Unprintable {

  private Unprintable() {}

  /** The text with such characters escaped, line ends excepted: for what is printed in lines. */
  public static String escapeAllButLineEnds(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append(c);
      } else {
        JsonText.escapeUnprintable(out, c);
      }
    }
    return out.toString();
  }

  /** The text as one line, with all such characters escaped. */
  public static String escapeAll(String text) {
    return escapeAllButLineEnds(text).replace("\n", "\\n");
  }
}

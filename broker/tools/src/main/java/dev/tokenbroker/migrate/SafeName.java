package dev.tokenbroker.migrate;

import dev.tokenbroker.util.Sha256;
import java.util.HexFormat;
import java.util.Locale;

/** Names for what is made anew: like the name they come from, and never two alike. */
final class SafeName {

  private static final int HASH = 8;

  private SafeName() {}

  /** Small letters, digits and dashes; whatever had to be changed gets a hash of the original. */
  static String of(String text, int maxLength) {
    String safe =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    if (safe.equals(text) && safe.length() <= maxLength && !safe.isEmpty()) {
      return safe;
    }
    int room = maxLength - HASH - 1;
    String start = safe.length() > room ? safe.substring(0, room) : safe;
    return (start.isEmpty() ? "x" : start.replaceAll("-$", "")) + "-" + hash(text);
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Sha256.of(text)).substring(0, HASH);
  }
}

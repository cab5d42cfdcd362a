package dev.tokenbroker.migrate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

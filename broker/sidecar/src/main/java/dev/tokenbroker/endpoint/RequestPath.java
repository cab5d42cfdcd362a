package dev.tokenbroker.endpoint;

/**
 * Brings a path into the one form that routes are matched against, so that no spelling of a path
 * can slip past a rule that holds for another spelling. CVE-2022-23551 (aad-pod-identity) was one
 * backslash.
 */
final class RequestPath {

  /** What comes out for a path that is none; no route has it. */
  static final String NONE = "";

  private RequestPath() {}

  /**
   * Decodes once, turns backslashes into slashes, merges slashes, resolves dot segments and drops
   * the slash at the end; the case stays. A percent sign that survives (double encoding) stays
   * literal and matches nothing. A path that already is in this form comes back as it is.
   *
   * @return the path, or {@link #NONE} if it holds a control character, a space, anything beyond
   *     ASCII or a broken escape
   */
  static String clean(String path) {
    return isClean(path) ? path : resolve(decode(path));
  }

  private static boolean isClean(String path) {
    int length = path.length();
    if (length < 2 || path.charAt(0) != '/' || path.charAt(length - 1) == '/') {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = path.charAt(i);
      boolean startsSegment = path.charAt(i - 1) == '/';
      if (!isPrintable(c) || c == '%' || c == '\\' || (startsSegment && (c == '/' || c == '.'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(char c) {
    return c > ' ' && c < 0x7f;
  }

  private static String decode(String path) {
    StringBuilder decoded = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      int c = path.charAt(i);
      if (c == '%') {
        c = UrlEncoded.octet(path, i);
        i += 2;
      }
      if (c < 0 || !isPrintable((char) c)) {
        return NONE;
      }
      decoded.append(c == '\\' ? '/' : (char) c);
    }
    return decoded.toString();
  }

  /** RFC 3986 §5.2.4; a path cannot climb above its root. */
  private static String resolve(String decoded) {
    if (!decoded.startsWith("/")) {
      return NONE;
    }
    StringBuilder resolved = new StringBuilder(decoded.length());
    for (String segment : decoded.split("/", -1)) {
      if (segment.equals("..")) {
        resolved.setLength(Math.max(0, resolved.lastIndexOf("/")));
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        resolved.append('/').append(segment);
      }
    }
    return resolved.isEmpty() ? "/" : resolved.toString();
  }
}

package dev.tokenbroker.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names under which a caller may address us. Any other name means that a browser was led here
 * by DNS rebinding, or that somebody's proxy forwards to us.
 */
public final class HostNames {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> IMDS = List.of("169.254.169.254");

  private final List<String> names;

  private HostNames(Stream<String> names) {
    this.names = names.toList();
  }

  /** Those of IMDS and of loopback, and more. */
  HostNames(Collection<String> extra) {
    this(Stream.of(IMDS, LOOPBACK, extra).flatMap(Collection::stream));
  }

  /** Those of loopback alone. */
  public static HostNames ofLoopback() {
    return new HostNames(LOOPBACK.stream());
  }

  /** Names, for a message, the ones that everybody may use. */
  String describe() {
    return names.containsAll(IMDS) ? "169.254.169.254 or localhost" : "localhost or 127.0.0.1";
  }

  /** Whether this {@code host[:port]} names us; any port, no user information. */
  boolean allow(String authority) {
    int end = hostEnd(authority);
    if (!isPort(authority, end)) {
      return false;
    }
    for (String name : names) {
      if (name.length() == end && authority.regionMatches(true, 0, name, 0, end)) {
        return true;
      }
    }
    return false;
  }

  private static int hostEnd(String authority) {
    int separator = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    return separator < 0 ? authority.length() : separator;
  }

  /** RFC 3986 §3.2.3: nothing, or a colon and digits, perhaps none. */
  private static boolean isPort(String authority, int start) {
    if (start == authority.length()) {
      return true;
    }
    boolean digits = authority.charAt(start) == ':' && authority.length() - start <= 6;
    for (int i = start + 1; i < authority.length() && digits; i++) {
      digits = authority.charAt(i) >= '0' && authority.charAt(i) <= '9';
    }
    return digits;
  }
}

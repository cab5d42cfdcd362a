package dev.tokenbroker.config;

import dev.tokenbroker.tls.Pem;
import dev.tokenbroker.token.Guid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Turns the text of a setting into a value, or says in a few words why it cannot. */
final class Values {

  private static final int MAX_NAME = 63;
  private static final int MAX_HOST = 253;
  private static final int MAX_PEM_BYTES = 4 << 20;
  static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Values() {}

  static boolean bool(String text) {
    return either(text, "true", "false");
  }

  /** Returns whether it is the first of the two texts that are allowed. */
  static boolean either(String text, String yes, String no) {
    if (!text.equals(yes) && !text.equals(no)) {
      throw new IllegalArgumentException("not one of the choices");
    }
    return text.equals(yes);
  }

  /** The constant of that name; the text must be in lower case, as documented. */
  static <E extends Enum<E>> E constant(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("not one of the choices");
  }

  /** Returns a constant as it is written in a setting. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** All constants, as in {@code error, warn, info or debug}. */
  static String choices(Class<? extends Enum<?>> type) {
    List<String> words = Stream.of(type.getEnumConstants()).map(Values::word).toList();
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  static int count(String text, int max) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a whole number", e);
    }
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  /** A user id as Linux has them: 32 bits, of which the last one stands for nobody. */
  static long uid(String text) {
    if (!text.matches("\\d{1,10}")) {
      throw new IllegalArgumentException("not a user id");
    }
    long uid = Long.parseLong(text);
    if (uid >= 0xffff_ffffL) {
      throw new IllegalArgumentException("out of range");
    }
    return uid;
  }

  /** {@code 500ms}, {@code 10s} or {@code 2m}; ten minutes at most. */
  static Duration time(String text, Duration shortest) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0 || digits > 9) {
      throw new IllegalArgumentException("not a number and a unit");
    }
    long number = Long.parseLong(text.substring(0, digits));
    Duration value =
        switch (text.substring(digits)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> throw new IllegalArgumentException("the unit must be ms, s or m");
        };
    if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  /** Writes a time as {@link #time} reads it: {@code 100ms}, {@code 0s}. */
  static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }

  /** A GUID or a domain; {@code common} and its like cannot be used without a user. */
  static String tenant(String text) {
    boolean domain = isHostName(text) && text.indexOf('.') > 0;
    if (!Guid.isGuid(text) && !domain) {
      throw new IllegalArgumentException("neither a GUID nor a domain");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** Any URI, GUID or name that Entra may know, byte for byte as the callers send it. */
  static String resource(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new IllegalArgumentException("blanks and special characters do not belong here");
      }
    }
    return text;
  }

  static String resourceId(String text) {
    String prefix = "/subscriptions/";
    resource(text);
    if (!text.regionMatches(true, 0, prefix, 0, prefix.length())
        || text.length() == prefix.length()) {
      throw new IllegalArgumentException("does not start with /subscriptions/");
    }
    return text;
  }

  /** A name that can stand in a log line and in a metric's label. */
  static String name(String text) {
    if (text.length() > MAX_NAME) {
      throw new IllegalArgumentException("too long");
    }
    if (!text.chars().allMatch(c -> isAsciiLetterOrDigit(c) || "._-".indexOf(c) >= 0)) {
      throw new IllegalArgumentException("other characters");
    }
    return text;
  }

  static String hostName(String text) {
    if (!isHostName(text)) {
      throw new IllegalArgumentException("not a host name");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** It must fit into one header value. */
  static String secret(String text) {
    boolean printable = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!printable || text.length() < 8 || text.length() > 256) {
      throw new IllegalArgumentException("not fit for a header");
    }
    return text;
  }

  /** The file itself may still be missing: the kubelet can be late. */
  static Path tokenFile(String text) {
    if (text.startsWith("eyJ")) {
      throw new IllegalArgumentException("this is a token, not the path of one");
    }
    return Path.of(text);
  }

  /** A file of PEM certificates, read now, so that a wrong one does not first fail in TLS. */
  static Path pemFile(String text) {
    Path file = Path.of(text);
    try {
      Pem.certificatesIn(SmallFile.read(file, MAX_PEM_BYTES));
    } catch (IOException e) {
      throw new IllegalArgumentException(SmallFile.reason(e), e);
    }
    return file;
  }

  /** PEM certificates themselves. */
  static String pemText(String text) {
    try {
      Pem.certificatesIn(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new IllegalArgumentException(SmallFile.reason(e), e);
    }
    return text;
  }

  private static boolean isHostName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_HOST
        && isAsciiLetterOrDigit(text.charAt(0))
        && text.chars().allMatch(c -> isAsciiLetterOrDigit(c) || "._-".indexOf(c) >= 0);
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }
}

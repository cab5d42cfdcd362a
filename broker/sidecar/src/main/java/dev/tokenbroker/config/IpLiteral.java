package dev.tokenbroker.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads IP addresses without ever asking the name service. */
final class IpLiteral {

  private IpLiteral() {}

  /** The address, or empty if {@code text} is a name; an IPv6 literal has no brackets here. */
  static Optional<InetAddress> parse(String text) {
    try {
      if (text.indexOf(':') >= 0) {
        // A colon makes it an IPv6 literal or an error for InetAddress, never a look-up.
        return Optional.of(InetAddress.getByName(text));
      }
      String[] parts = text.split("\\.", -1);
      if (parts.length != 4) {
        return Optional.empty();
      }
      byte[] bytes = new byte[4];
      for (int i = 0; i < 4; i++) {
        int part = octet(parts[i]);
        if (part < 0) {
          return Optional.empty();
        }
        bytes[i] = (byte) part;
      }
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The number, or -1 if it is none of 0 to 255. */
  private static int octet(String text) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int value = Integer.parseInt(text);
    return value <= 255 ? value : -1;
  }
}

package dev.tokenbroker.config;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts that are reached without the proxy, by the rules of Go's {@code httpproxy} package,
 * which most programs in a cluster follow: {@code *}; a domain (itself and what is below it), with
 * a leading dot only what is below; an IP address; a CIDR block; any of the first and third with a
 * port. Names are never resolved, and localhost and loopback addresses never go to a proxy.
 */
public final class NoProxy {

  private static final int HTTPS = 443;

  private final List<String> entries;

  private NoProxy(List<String> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Reads a list separated by commas or blanks; what matches nothing is no error. */
  public static NoProxy parse(String text) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        entries.add(entry.toLowerCase(Locale.ROOT));
      }
    }
    return new NoProxy(entries);
  }

  /** Returns whether {@code url} is reached directly. */
  public boolean covers(URI url) {
    String host = unbracketed(url.getHost().toLowerCase(Locale.ROOT));
    int port = url.getPort() < 0 ? HTTPS : url.getPort();
    if (new HostPort(host, port).isLoopback()) {
      return true;
    }
    Optional<InetAddress> address = IpLiteral.parse(host);
    for (String entry : entries) {
      if (entry.equals("*") || covers(entry, host, port, address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(
      String entry, String host, int port, Optional<InetAddress> address) {
    int slash = entry.indexOf('/');
    if (slash > 0) {
      return address.filter(ip -> inBlock(ip, entry, slash)).isPresent();
    }
    String name = entry;
    int colon = entry.lastIndexOf(':');
    boolean bareIpv6 = entry.indexOf(':') != colon && !entry.startsWith("[");
    if (colon > entry.lastIndexOf(']') && !bareIpv6) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    String pattern = unbracketed(name);
    if (address.isPresent()) {
      return IpLiteral.parse(pattern).equals(address);
    }
    if (pattern.startsWith("*.")) {
      pattern = pattern.substring(1);
    }
    return pattern.startsWith(".")
        ? host.endsWith(pattern)
        : host.equals(pattern) || host.endsWith("." + pattern);
  }

  private static boolean inBlock(InetAddress ip, String entry, int slash) {
    Optional<InetAddress> network = IpLiteral.parse(entry.substring(0, slash));
    byte[] address = ip.getAddress();
    if (network.isEmpty() || network.get().getAddress().length != address.length) {
      return false;
    }
    int bits;
    try {
      bits = Integer.parseInt(entry.substring(slash + 1));
    } catch (NumberFormatException e) {
      return false;
    }
    if (bits < 0 || bits > address.length * 8) {
      return false;
    }
    byte[] base = network.get().getAddress();
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((base[bit / 8] & mask) != (address[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}

package dev.tokenbroker.config;

/**
 * An address to listen on or to connect to.
 *
 * @param host an IP literal or a name; an IPv6 literal without brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostPort(String host, int port) {

  private static final int MAX_PORT = 65_535;

  public HostPort {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    if (!host.chars().allMatch(c -> c > ' ' && c <= '~' && "[]/@?#%\\".indexOf(c) < 0)) {
      throw new IllegalArgumentException("not a host");
    }
    if (host.indexOf(':') >= 0 && IpLiteral.parse(host).isEmpty()) {
      throw new IllegalArgumentException("not an IPv6 address");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("the port must be from 0 to 65535");
    }
  }

  /** Reads {@code host:port} or {@code [IPv6]:port}; throws IllegalArgumentException. */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      throw new IllegalArgumentException("no port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      return new HostPort(host.substring(1, host.length() - 1), port(text.substring(colon + 1)));
    }
    if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an IPv6 address needs brackets: [::1]:16925");
    }
    return new HostPort(host, port(text.substring(colon + 1)));
  }

  /**
   * Returns whether only this machine (this pod) can reach it. A name counts only if it is
   * localhost.
   */
  public boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || IpLiteral.parse(host).filter(ip -> ip.isLoopbackAddress()).isPresent();
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the port is not a number", e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}

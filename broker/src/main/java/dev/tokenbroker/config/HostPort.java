package dev.tokenbroker.config;

/**
 * An address to listen on.
 *
 * @param host an IP literal or a name; an IPv6 literal without brackets
 * @param port 0 to 65535; 0 lets the system choose
 */
public record HostPort(String host, int port) {

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}

package dev.tokenbroker.config;

import java.util.Optional;

/**
 * An outbound HTTP proxy that tunnels with CONNECT.
 *
 * @param address host and port
 * @param credentials what it wants in {@code Proxy-Authorization}, if anything
 */
public record HttpProxy(HostPort address, Optional<Credentials> credentials)
    implements OutboundRoute {

  /** User and password; the password is masked in {@link #toString()}. */
  public record Credentials(String user, String password) {

    @Override
    public String toString() {
      return "Credentials[user=" + user + ", password=***]";
    }
  }

  /** The address alone. */
  @Override
  public String toString() {
    return address.toString();
  }
}

package dev.tokenbroker.exchange;

/**
 * An HTTP proxy that tunnels by CONNECT.
 *
 * @param user empty if it asks for no credentials
 * @param password secret, so {@link #toString()} masks it
 */
public record HttpProxy(String host, int port, String user, String password) implements EntraRoute {

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

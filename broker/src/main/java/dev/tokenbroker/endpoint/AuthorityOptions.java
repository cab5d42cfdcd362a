package dev.tokenbroker.endpoint;

/**
 * How the authority listener behaves.
 *
 * @param host the loopback address to listen on
 * @param port the port; 0 lets the system choose
 * @param upstream origin of the real authority, {@code https://host[:port]}
 * @param maxConnections how many connections may be open; one more is closed at once
 */
public record AuthorityOptions(String host, int port, String upstream, int maxConnections) {}

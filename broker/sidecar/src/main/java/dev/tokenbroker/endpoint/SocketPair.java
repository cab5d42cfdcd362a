package dev.tokenbroker.endpoint;

import java.net.InetSocketAddress;

/**
 * The two ends of an accepted TCP connection.
 *
 * @param client the client's address, as the server sees it
 * @param server the address at which the server was reached
 */
record SocketPair(InetSocketAddress client, InetSocketAddress server) {}

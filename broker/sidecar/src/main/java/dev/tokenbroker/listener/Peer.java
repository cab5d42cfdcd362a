package dev.tokenbroker.listener;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who shares the places of a listener: what one host can call from counts as one. */
final class Peer {

  private static final Object LOOPBACK = "loopback";
  private static final Object UNKNOWN = "unknown";

  /** Of IPv6, a host has its whole /64 to call from. */
  private static final int PREFIX_BYTES = 8;

  private Peer() {}

  /** A key; equal for connections of the same host. */
  static Object of(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return UNKNOWN;
    }
    InetAddress ip = inet.getAddress();
    if (ip.isLoopbackAddress()) {
      // All of 127.0.0.0/8, or an app would be 16 million peers.
      return LOOPBACK;
    }
    return ip instanceof Inet6Address
        ? Arrays.hashCode(Arrays.copyOf(ip.getAddress(), PREFIX_BYTES))
        : ip;
  }
}

package dev.tokenbroker.endpoint;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a caller inside this pod from one outside. Loopback is inside; so is every address of an
 * interface in this network namespace, because a connection to 169.254.169.254:80 that nftables
 * redirects to us keeps the pod's own address as its source (its destination becomes 127.0.0.1).
 * The kernel drops packets from outside that carry one of our addresses as source.
 */
final class OwnAddresses {

  private static final String USUAL_LOOPBACK = "127.0.0.1";

  /** Grows to the handful of addresses of this namespace that have called. */
  private final Set<String> seen = new HashSet<>();

  /** Whether the peer is inside. A peer that is gone already counts as outside. */
  boolean contain(@Nullable SocketAddress peer) {
    String address = peer == null ? null : peer.hostAddress();
    if (address == null) {
      return false;
    }
    return address.equals(USUAL_LOOPBACK) || seen.contains(address) || look(address);
  }

  private boolean look(String address) {
    try {
      // A literal: no name is looked up. IPv4-mapped IPv6 comes out as IPv4.
      InetAddress ip = InetAddress.getByName(address);
      boolean own = ip.isLoopbackAddress() || NetworkInterface.getByInetAddress(ip) != null;
      if (own) {
        seen.add(address);
      }
      return own;
    } catch (IOException unknown) {
      return false;
    }
  }
}

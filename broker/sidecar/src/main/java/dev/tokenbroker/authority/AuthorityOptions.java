package dev.tokenbroker.authority;

import dev.tokenbroker.listener.Bounds;
import java.util.Set;

/**
 * How the authority listener behaves.
 *
 * @param host the loopback address to listen on
 * @param port the port; 0 lets the system choose
 * @param upstream origin of the real authority, {@code https://host[:port]}
 * @param allowedUids the only users whose processes may ask; empty: everybody in the pod
 * @param bounds how large it may become
 */
public record AuthorityOptions(
    String host, int port, String upstream, Set<Long> allowedUids, Bounds bounds) {

  public AuthorityOptions {
    allowedUids = Set.copyOf(allowedUids);
  }
}

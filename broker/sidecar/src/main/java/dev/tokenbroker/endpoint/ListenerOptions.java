package dev.tokenbroker.endpoint;

import dev.tokenbroker.listener.Bounds;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * How the token listener behaves.
 *
 * @param host the address to listen on
 * @param port the port; 0 lets the system choose
 * @param extraHosts names accepted in {@code Host} beside the built-in ones, no port
 * @param allowRemotePeers whether callers from outside this network namespace may ask
 * @param instanceMetadata where {@code /metadata/instance} is passed on to, {@code
 *     http://host[:port]}; empty: nowhere
 * @param identitySecret what callers by {@code IDENTITY_ENDPOINT} or {@code MSI_ENDPOINT} must
 *     show; empty: any value that is not empty
 * @param requireSecret whether every token request must show the secret, in whatever dialect; only
 *     with a secret
 * @param allowedUids the only users whose processes may ask; empty: everybody in the pod
 * @param bounds how large it may become
 */
public record ListenerOptions(
    String host,
    int port,
    Set<String> extraHosts,
    boolean allowRemotePeers,
    Optional<URI> instanceMetadata,
    Optional<String> identitySecret,
    boolean requireSecret,
    Set<Long> allowedUids,
    Bounds bounds) {

  /** The real instance metadata service of an Azure virtual machine. */
  public static final URI REAL_IMDS = URI.create("http://169.254.169.254");

  public ListenerOptions {
    extraHosts = Set.copyOf(extraHosts);
    allowedUids = Set.copyOf(allowedUids);
    if (requireSecret && identitySecret.isEmpty()) {
      throw new IllegalArgumentException("a secret that is required must be given");
    }
  }

  @Override
  public String toString() {
    return "ListenerOptions[" + host + ":" + port + "]";
  }
}

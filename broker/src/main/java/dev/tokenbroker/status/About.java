package dev.tokenbroker.status;

import java.time.Instant;
import java.util.Map;

/**
 * What does not change while the broker runs.
 *
 * @param version the broker's
 * @param startedAt since when it serves
 * @param authority origin of the authority
 * @param tokenFile the path of the federated token file
 * @param identities the names of the configured identities, by client id
 */
public record About(
    String version,
    Instant startedAt,
    String authority,
    String tokenFile,
    Map<String, String> identities) {

  public About {
    identities = Map.copyOf(identities);
  }
}

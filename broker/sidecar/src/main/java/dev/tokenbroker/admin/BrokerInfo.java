package dev.tokenbroker.admin;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of a broker that do not change while it runs.
 *
 * @param version the broker's
 * @param startedAt since when it serves
 * @param source where the tokens come from, in plain words
 * @param authority origin of the authority; empty where the broker does not know it
 * @param tokenFile the path of the federated token file; empty where there is none
 * @param identities the names of the configured identities, by client id
 */
public record BrokerInfo(
    String version,
    Instant startedAt,
    String source,
    Optional<String> authority,
    Optional<String> tokenFile,
    Map<String, String> identities) {

  public BrokerInfo {
    identities = Map.copyOf(identities);
  }
}

package dev.tokenbroker.config;

import java.util.List;
import java.util.Optional;

/**
 * The identities for which the broker requests tokens.
 *
 * @param known the identities the broker knows: those of the file, or the one of the environment
 * @param defaultIdentity the one meant when a request names none; always one of {@code known}
 * @param openTenant if present, any other client id is exchanged as itself in this tenant and Entra
 *     decides; absent as soon as identities are configured: then only those are served
 */
public record IdentitiesConfig(
    List<IdentityConfig> known,
    Optional<IdentityConfig> defaultIdentity,
    Optional<String> openTenant) {

  public IdentitiesConfig {
    known = List.copyOf(known);
  }
}

package dev.tokenbroker.emulator;

import java.time.Duration;
import java.util.Optional;

/**
 * An identity that Entra knows.
 *
 * @param tenantId its tenant
 * @param clientId its application (client) id
 * @param objectId the object id of its service principal: the claim {@code oid}
 * @param resourceId its Azure resource id: the claim {@code xms_mirid}; app registrations have none
 * @param tokenLifetime how long its tokens live
 * @param refreshIn after how long Entra wants its tokens renewed, if it says so
 */
public record ManagedIdentity(
    String tenantId,
    String clientId,
    String objectId,
    Optional<String> resourceId,
    Duration tokenLifetime,
    Optional<Duration> refreshIn) {

  /** Entra gives managed identities 24 hours. */
  public static final Duration A_DAY = Duration.ofHours(24);

  public ManagedIdentity withTokenLifetime(Duration lifetime) {
    return new ManagedIdentity(tenantId, clientId, objectId, resourceId, lifetime, refreshIn);
  }

  public ManagedIdentity withRefreshIn(Optional<Duration> refresh) {
    return new ManagedIdentity(tenantId, clientId, objectId, resourceId, tokenLifetime, refresh);
  }
}

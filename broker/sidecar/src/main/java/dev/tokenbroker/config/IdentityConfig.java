package dev.tokenbroker.config;

import java.util.List;
import java.util.Optional;

/**
 * One managed identity or application the broker may act for.
 *
 * @param name what the operator calls it
 * @param clientId its application (client) id, lower case
 * @param tenantId its tenant, lower case
 * @param objectId its principal's object id, lower case, if the operator gave it
 * @param resourceId its Azure resource id (mi_res_id), if the operator gave it; compared without
 *     case
 * @param allowedResources the resources it may be asked for, exact; empty means every resource
 * @param prefetch resources to fetch at start and to keep fresh even when nobody asks
 */
public record IdentityConfig(
    String name,
    String clientId,
    String tenantId,
    Optional<String> objectId,
    Optional<String> resourceId,
    Optional<List<String>> allowedResources,
    List<String> prefetch) {

  public IdentityConfig {
    allowedResources = allowedResources.map(List::copyOf);
    prefetch = List.copyOf(prefetch);
  }
}

package dev.tokenbroker.emulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The emulated directory: identities, whom they trust, and which resources do not exist. */
final class EntraDirectory {

  private final Map<String, ManagedIdentity> identities = new ConcurrentHashMap<>();
  private final Map<String, List<FederatedCredential>> credentials = new ConcurrentHashMap<>();
  private final Set<String> unknownResources = ConcurrentHashMap.newKeySet();

  void register(ManagedIdentity identity) {
    identities.put(identity.clientId(), identity);
  }

  void trust(String clientId, FederatedCredential credential) {
    credentials.computeIfAbsent(clientId, id -> new CopyOnWriteArrayList<>()).add(credential);
  }

  void distrust(String clientId) {
    credentials.remove(clientId);
  }

  void forget(String resource) {
    unknownResources.add(resource);
  }

  boolean hasTenant(String tenant) {
    return identities.values().stream().anyMatch(each -> each.tenantId().equals(tenant));
  }

  Optional<ManagedIdentity> find(String tenant, String clientId) {
    return Optional.ofNullable(identities.get(clientId))
        .filter(each -> each.tenantId().equals(tenant));
  }

  List<FederatedCredential> credentialsOf(String clientId) {
    return credentials.getOrDefault(clientId, List.of());
  }

  boolean hasResource(String resource) {
    return !unknownResources.contains(resource);
  }
}

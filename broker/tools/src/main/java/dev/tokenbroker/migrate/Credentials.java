package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.AzureIdentity.ResourceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which federated credentials are needed, and which of them Entra will take. */
final class Credentials {

  /** Source: Microsoft Entra, "Important considerations ... for federated identity credentials". */
  private static final int MAX_PER_IDENTITY = 20;

  private final SortedSet<CredentialPlan> allowed = new TreeSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Credentials(List<Assignment> assignments) {
    SortedSet<CredentialPlan> wanted = new TreeSet<>();
    assignments.forEach(assignment -> wanted.addAll(of(assignment)));
    for (CredentialPlan credential : wanted) {
      if (counts.merge(credential.identityKey(), 1, Integer::sum) <= MAX_PER_IDENTITY) {
        allowed.add(credential);
      }
    }
  }

  /** The first twenty of each identity, in order of namespace and name. */
  SortedSet<CredentialPlan> allowed() {
    return allowed;
  }

  /** How many there would be without Entra's limit. */
  int needed() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What a workload finds that comes too late for one of its identities. */
  Optional<MigrationFinding> excess(Assignment assignment) {
    return of(assignment).stream()
        .filter(credential -> !allowed.contains(credential))
        .findFirst()
        .map(
            credential ->
                MigrationFinding.held(
                    assignment.workload().title(),
                    "managed identity "
                        + Markdown.code(credential.identity().name())
                        + " would need "
                        + counts.get(credential.identityKey())
                        + " federated credentials; Entra allows "
                        + MAX_PER_IDENTITY,
                    "let workloads of a namespace share a service account, or give some of them"
                        + " another managed identity with the same roles"));
  }

  private static List<CredentialPlan> of(Assignment assignment) {
    return assignment.identities().stream()
        .filter(identity -> identity.type() == AzureIdentity.Type.MANAGED_IDENTITY)
        .flatMap(identity -> identity.resourceId().stream())
        .map(id -> new CredentialPlan(id, assignment.account()))
        .toList();
  }

  /** A federated credential: tokens of this account count as this identity. */
  record CredentialPlan(ResourceId identity, Account account)
      implements Comparable<CredentialPlan> {

    /** The same for every spelling of the identity's id. */
    String identityKey() {
      return identity.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(CredentialPlan other) {
      return Comparator.comparing(CredentialPlan::identityKey)
          .thenComparing(CredentialPlan::account)
          .compare(this, other);
    }
  }
}

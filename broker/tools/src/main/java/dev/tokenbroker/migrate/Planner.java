package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.MigrationOptions.Matching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides for each workload what it becomes, or why a person must decide. */
final class Planner {

  private final Inventory inventory;
  private final MigrationOptions options;
  private final Bindings bindings;
  private final Accounts accounts;
  private final Map<Account, Manifest> present = new HashMap<>();
  private final List<MigrationFinding> findings = new ArrayList<>();
  private final List<String> excepted = new ArrayList<>();
  private final Set<Assignment> held = new LinkedHashSet<>();

  /**
   * @param options with a {@link Matching}; without one, identities of every namespace count
   */
  Planner(Inventory inventory, MigrationOptions options) {
    this.inventory = inventory;
    this.options = options;
    this.bindings =
        new Bindings(inventory, options.matching().equals(Optional.of(Matching.NAMESPACED)));
    this.accounts = new Accounts(inventory);
    inventory
        .serviceAccounts()
        .forEach(
            manifest -> present.put(new Account(manifest.namespace(), manifest.name()), manifest));
  }

  Plan plan() {
    List<Assignment> assignments = new ArrayList<>();
    for (Workload workload : inventory.workloads()) {
      if (!workload.isOwned() && !isExcepted(workload) && workload.selector().isPresent()) {
        assign(workload).ifPresent(assignments::add);
      }
    }
    assignments.removeAll(conflicts(assignments));
    for (Assignment assignment : assignments) {
      Obstacles.beforehand(assignment, options).forEach(finding -> hold(assignment, finding));
    }
    Credentials credentials = new Credentials(assignments);
    for (Assignment assignment : assignments) {
      credentials.excess(assignment).ifPresent(finding -> hold(assignment, finding));
    }
    Checks.of(assignments, present.keySet(), options).forEach(findings::add);
    return new Plan(
        assignments,
        held,
        credentials.allowed(),
        credentials.needed(),
        findings,
        excepted,
        bindings.unused());
  }

  private boolean isExcepted(Workload workload) {
    if (inventory.exceptions().stream().noneMatch(exception -> exception.covers(workload))) {
      return false;
    }
    excepted.add(workload.title());
    if (workload.selector().isPresent()) {
      findings.add(
          MigrationFinding.held(
              workload.title(),
              "has `aadpodidbinding` and is covered by an AzurePodIdentityException, which wins:"
                  + " it gets the node's identity today",
              "remove one of the two and run this again"));
    }
    return true;
  }

  private Optional<Assignment> assign(Workload workload) {
    List<AzureIdentity> identities = bindings.of(workload);
    Optional<MigrationFinding> obstacle =
        Obstacles.of(workload).or(() -> Obstacles.of(workload, identities));
    if (obstacle.isEmpty() && identities.isEmpty()) {
      obstacle =
          Optional.of(
              MigrationFinding.held(
                  workload.title(),
                  "asks for selector "
                      + Markdown.code(workload.selector().orElse(""))
                      + ": "
                      + bindings.whyNone(workload),
                  "give the missing manifest to this tool too, or remove the label"));
    }
    obstacle.ifPresent(findings::add);
    return obstacle.isPresent()
        ? Optional.empty()
        : Optional.of(
            new Assignment(
                workload, identities, accounts.of(workload), workload.serviceAccount().isEmpty()));
  }

  /** Whoever shares a service account shares its one default identity. */
  private List<Assignment> conflicts(List<Assignment> assignments) {
    Map<Account, Set<List<String>>> claims = new HashMap<>();
    for (Assignment assignment : assignments) {
      claims
          .computeIfAbsent(assignment.account(), a -> new HashSet<>())
          .add(assignment.clientIds());
    }
    List<Assignment> conflicts = new ArrayList<>();
    for (Assignment assignment : assignments) {
      Optional<String> other = annotated(assignment.account());
      boolean taken =
          other.filter(id -> !id.equalsIgnoreCase(assignment.clientIds().get(0))).isPresent();
      if (taken || claims.getOrDefault(assignment.account(), Set.of()).size() > 1) {
        conflicts.add(assignment);
        findings.add(
            MigrationFinding.held(
                assignment.workload().title(),
                "service account "
                    + assignment.account()
                    + (taken
                        ? " is annotated with another client id"
                        : " is shared with workloads of other identities"),
                "give the workload a service account of its own and run this again"));
      }
    }
    return conflicts;
  }

  private Optional<String> annotated(Account account) {
    return Optional.ofNullable(present.get(account))
        .map(manifest -> manifest.annotations().get(Labels.CLIENT_ID));
  }

  private void hold(Assignment assignment, MigrationFinding finding) {
    held.add(assignment);
    findings.add(finding);
  }
}

package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides for each workload what it becomes, or why a person must decide. */
final class Planner {

  /** Source: Microsoft Entra, "Important considerations ... for federated identity credentials". */
  static final int MAX_CREDENTIALS = 20;

  private final Inventory inventory;
  private final MigrationOptions options;
  private final Bindings bindings;
  private final Accounts accounts;
  private final Map<Account, Manifest> present = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> excepted = new ArrayList<>();
  private final Set<Assignment> held = new LinkedHashSet<>();

  Planner(Inventory inventory, MigrationOptions options) {
    this.inventory = inventory;
    this.options = options;
    this.bindings = new Bindings(inventory, options.namespacedOnly());
    this.accounts = new Accounts(inventory);
    inventory
        .serviceAccounts()
        .forEach(manifest -> present.put(new Account(manifest.namespace(), manifest.name()), manifest));
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
      Obstacles.beforehand(assignment, options).ifPresent(finding -> hold(assignment, finding));
    }
    TreeSet<Credential> credentials = credentials(assignments);
    Checks.of(assignments, present.keySet(), options).forEach(findings::add);
    return new Plan(
        assignments, held, credentials, findings, excepted, bindings.unused());
  }

  private boolean isExcepted(Workload workload) {
    if (inventory.exceptions().stream().noneMatch(exception -> exception.covers(workload))) {
      return false;
    }
    excepted.add(workload.title());
    if (workload.selector().isPresent()) {
      findings.add(
          Finding.held(
              workload.title(),
              "has `aadpodidbinding` and is covered by an AzurePodIdentityException, which wins:"
                  + " it gets the node's identity today",
              "remove one of the two and run this again"));
    }
    return true;
  }

  private Optional<Assignment> assign(Workload workload) {
    List<AzureIdentity> identities = bindings.of(workload);
    Optional<Finding> obstacle =
        Obstacles.of(workload).or(() -> Obstacles.of(workload, identities));
    if (obstacle.isEmpty() && identities.isEmpty()) {
      obstacle =
          Optional.of(
              Finding.held(
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
                workload,
                identities,
                accounts.of(workload),
                workload.serviceAccount().isEmpty()));
  }

  /** Whoever shares a service account shares its one default identity. */
  private List<Assignment> conflicts(List<Assignment> assignments) {
    Map<Account, Set<List<String>>> claims = new HashMap<>();
    for (Assignment assignment : assignments) {
      claims.computeIfAbsent(assignment.account(), a -> new HashSet<>()).add(assignment.clientIds());
    }
    List<Assignment> conflicts = new ArrayList<>();
    for (Assignment assignment : assignments) {
      Optional<String> other = annotated(assignment.account());
      boolean taken =
          other.filter(id -> !id.equalsIgnoreCase(assignment.clientIds().get(0))).isPresent();
      if (taken || claims.get(assignment.account()).size() > 1) {
        conflicts.add(assignment);
        findings.add(
            Finding.held(
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

  /** The first twenty of each identity, in order of namespace and name; the others wait. */
  private TreeSet<Credential> credentials(List<Assignment> assignments) {
    TreeSet<Credential> wanted = new TreeSet<>();
    assignments.forEach(assignment -> wanted.addAll(credentialsOf(assignment)));
    Map<String, List<Credential>> byIdentity =
        wanted.stream()
            .collect(
                Collectors.groupingBy(
                    Credential::identityKey, TreeMap::new, Collectors.toList()));
    byIdentity.values().forEach(all -> holdBeyondLimit(all, wanted, assignments));
    return wanted;
  }

  private void holdBeyondLimit(
      List<Credential> all, Set<Credential> wanted, List<Assignment> assignments) {
    if (all.size() <= MAX_CREDENTIALS) {
      return;
    }
    List<Credential> beyond = all.subList(MAX_CREDENTIALS, all.size());
    beyond.forEach(wanted::remove);
    for (Assignment assignment : assignments) {
      if (credentialsOf(assignment).stream().anyMatch(beyond::contains)) {
        hold(
            assignment,
            Finding.held(
                assignment.workload().title(),
                "managed identity "
                    + Markdown.code(all.get(0).identity().name())
                    + " would need "
                    + all.size()
                    + " federated credentials; Entra allows "
                    + MAX_CREDENTIALS,
                "let workloads of a namespace share a service account, or give some of them"
                    + " another managed identity with the same roles"));
      }
    }
  }

  private static List<Credential> credentialsOf(Assignment assignment) {
    return assignment.identities().stream()
        .filter(identity -> identity.type() == AzureIdentity.Type.MANAGED_IDENTITY)
        .flatMap(identity -> identity.resourceId().stream())
        .map(id -> new Credential(id, assignment.account()))
        .toList();
  }

  private void hold(Assignment assignment, Finding finding) {
    held.add(assignment);
    findings.add(finding);
  }
}

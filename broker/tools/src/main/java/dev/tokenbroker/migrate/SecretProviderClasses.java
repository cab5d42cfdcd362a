package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The Key Vault provider of the Secrets Store CSI driver asks NMI in its own way, so each class
 * must be told who to be now; source: secrets-store-csi-driver-provider-azure, workload identity
 * mode.
 */
final class SecretProviderClasses {

  private static final String USE_POD_IDENTITY = "usePodIdentity";
  private static final String CLIENT_ID = "clientID";

  private final Inventory inventory;
  private final Plan plan;
  private final List<MigrationFinding> findings = new ArrayList<>();
  private final Map<String, String> files = new TreeMap<>();
  private int patched;

  SecretProviderClasses(Inventory inventory, Plan plan) {
    this.inventory = inventory;
    this.plan = plan;
  }

  List<MigrationFinding> findings() {
    return findings;
  }

  int patched() {
    return patched;
  }

  /** By path. */
  Map<String, String> files() {
    for (Manifest manifest : inventory.secretProviderClasses()) {
      manifest
          .spec()
          .map("parameters")
          .filter(parameters -> parameters.keys().contains(USE_POD_IDENTITY))
          .ifPresent(parameters -> patch(manifest, parameters));
    }
    return files;
  }

  private void patch(Manifest manifest, YamlMap parameters) {
    boolean today =
        parameters.text(USE_POD_IDENTITY).filter(t -> t.equalsIgnoreCase("true")).isPresent();
    List<Assignment> users =
        plan.assignments().stream().filter(a -> mounts(a.workload(), manifest)).toList();
    Set<String> clientIds =
        users.stream()
            .flatMap(a -> a.defaultIdentity().clientId().stream())
            .collect(Collectors.toSet());
    Optional<String> clientId =
        clientIds.size() == 1 ? clientIds.stream().findFirst() : Optional.empty();
    boolean done = clientId.isPresent() && clientId.equals(parameters.text(CLIENT_ID));
    if (!today && !done) {
      return;
    }
    if (clientId.isEmpty()) {
      findings.add(
          clientIds.isEmpty()
              ? held(manifest, "nothing that was migrated mounts it", "set `clientID` by hand")
              : held(
                  manifest,
                  "workloads of different identities mount it",
                  "make one class for each identity"));
      return;
    }
    parameters.put(USE_POD_IDENTITY, "false");
    parameters.put(CLIENT_ID, clientId.get());
    ServerFields.dropFrom(manifest);
    boolean wait = users.stream().anyMatch(plan::isHeld) || hasOtherUsers(manifest, users);
    if (wait) {
      findings.add(
          held(
              manifest,
              "a workload that mounts it is held back",
              "apply it together with that workload"));
    } else {
      patched++;
    }
    files.put(
        (wait ? Output.HELD : Output.WORKLOADS) + manifest.namespace() + "/" + manifest.fileName(),
        YamlText.write(manifest.root()));
  }

  private boolean hasOtherUsers(Manifest manifest, List<Assignment> users) {
    return inventory.workloads().stream()
        .filter(workload -> !workload.isOwned() && mounts(workload, manifest))
        .anyMatch(workload -> users.stream().noneMatch(a -> a.workload().equals(workload)));
  }

  private static boolean mounts(Workload workload, Manifest manifest) {
    return workload.namespace().equals(manifest.namespace())
        && workload.secretProviderClasses().contains(manifest.name());
  }

  private static MigrationFinding held(Manifest manifest, String what, String remedy) {
    return MigrationFinding.held(manifest.title(), what, remedy);
  }
}

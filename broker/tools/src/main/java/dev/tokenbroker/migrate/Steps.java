package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The commands to run, in order. */
final class Steps {

  private static final String CLUSTER =
      """
      The cluster: OIDC issuer and azwi, then the injector. Nothing changes for running pods.

      ```sh
      az aks update --name CLUSTER --resource-group GROUP --enable-oidc-issuer --enable-workload-identity
      helm install token-broker deploy/helm/token-broker-injector -n token-broker-system --create-namespace
      ```
      """;

  private static final String CREDENTIALS =
      """
      The federated credentials: this script, or `%s` as a Terraform module. Entra may need some
      minutes to know them everywhere; the broker waits for that when it starts.

      ```sh
      %sbash %s
      ```
      """;

  private static final String PREPARE =
      """
      Service accounts and configuration. Still nothing changes for running pods.

      ```sh
      kubectl apply --server-side --field-manager token-broker-migrate -f %s
      ```
      """;

  private static final String WORKLOADS =
      """
      The workloads, the least important namespace first. Pods restart with a broker. They keep the label
      `aadpodidbinding`, so NMI still serves what asks 169.254.169.254. Before going on see that the broker is asked
      (its metrics), else the app still depends on NMI. To go back, apply the old manifests.

      ```sh
      %s
      ```
      """;

  private static final String HELD =
      """
      What was held back: settle it, then apply it from `%s` where it lies there, or run this tool again.
      """;

  private static final String LAST =
      """
      When nothing asks NMI any more: run this tool with `--drop-binding-label` and apply the workloads again, then
      remove pod identity.

      """;

  private static final String UNLABELLED =
      """
      The workloads again, now without the label `aadpodidbinding`: NMI no longer serves them. Do this when nothing asks
      NMI any more. To go back, apply the workloads of the run before.

      ```sh
      %s
      ```
      """;

  private static final String REMOVE =
      """
      When all pods have restarted: remove pod identity.

      """;

  private static final String REMOVAL =
      """
      ```sh
      kubectl delete azureidentitybindings,azureidentities,azurepodidentityexceptions -A --all
      az aks update --name CLUSTER --resource-group GROUP --disable-pod-identity  # the add-on; or: helm uninstall
      ```
      """;

  private Steps() {}

  /** The whole section, numbered; of the last stage only what is left to do then. */
  static String of(Plan plan, Set<String> files, MigrationOptions options) {
    return numbered(
        options.dropBindingLabel() ? lastStage(plan, files) : firstStage(plan, files, options));
  }

  private static List<String> firstStage(Plan plan, Set<String> files, MigrationOptions options) {
    List<String> steps = new ArrayList<>();
    steps.add(CLUSTER);
    if (files.contains(Output.AZ_SCRIPT)) {
      String issuer = options.issuer().isPresent() ? "" : "ISSUER=https://... ";
      steps.add(CREDENTIALS.formatted(Output.TERRAFORM, issuer, Output.AZ_SCRIPT));
    }
    if (hasFileIn(Output.PREPARE, files)) {
      steps.add(PREPARE.formatted(Output.PREPARE));
    }
    if (hasFileIn(Output.WORKLOADS, files)) {
      steps.add(WORKLOADS.formatted(commands(files)));
    }
    held(plan).ifPresent(steps::add);
    steps.add(LAST + REMOVAL);
    return steps;
  }

  private static List<String> lastStage(Plan plan, Set<String> files) {
    List<String> steps = new ArrayList<>();
    if (hasFileIn(Output.WORKLOADS, files)) {
      steps.add(UNLABELLED.formatted(commands(files)));
    }
    held(plan).ifPresent(steps::add);
    steps.add(REMOVE + REMOVAL);
    return steps;
  }

  private static Optional<String> held(Plan plan) {
    return plan.findings().stream().anyMatch(f -> f.level() == MigrationFinding.Level.HELD)
        ? Optional.of(HELD.formatted(Output.HELD))
        : Optional.empty();
  }

  private static boolean hasFileIn(String folder, Set<String> files) {
    return files.stream().anyMatch(file -> file.startsWith(folder));
  }

  private static String numbered(List<String> steps) {
    StringBuilder text = new StringBuilder("## In this order\n");
    for (int i = 0; i < steps.size(); i++) {
      String number = i + 1 + ". ";
      text.append('\n')
          .append(number)
          .append(steps.get(i).indent(3).replaceAll("(?m)^ +$", "").substring(3));
    }
    return text.toString();
  }

  /** What can be changed in place first, for each namespace; pods and jobs are made anew. */
  private static String commands(Set<String> files) {
    return files.stream()
        .filter(file -> file.startsWith(Output.WORKLOADS))
        .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
        .distinct()
        .map(
            folder ->
                (folder.endsWith(Output.RECREATE)
                        ? "kubectl replace --force -f "
                        : "kubectl apply -f ")
                    + folder)
        .collect(Collectors.joining("\n"));
  }
}

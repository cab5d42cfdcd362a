package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.MigrationOptions.Matching;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns manifests into what replaces them. The same input gives the same bytes. */
public final class Migration {

  private final Inventory inventory;
  private final MigrationOptions options;
  private final Plan plan;
  private final SortedMap<String, String> files = new TreeMap<>();

  private Migration(Inventory inventory, MigrationOptions options, Plan plan) {
    this.inventory = inventory;
    this.options = options;
    this.plan = plan;
  }

  /** All problems at once, and then nothing else: what is not read could change everything. */
  public static MigrationResult of(List<Source> sources, MigrationOptions options) {
    ManifestReader reader = new ManifestReader(options.namespace());
    sources.forEach(reader::read);
    return reader.problems().isEmpty()
        ? of(Inventory.of(reader.manifests(), reader.foreign()), options)
        : new MigrationResult.Unreadable(reader.problems());
  }

  /** Access is never widened by a default: where the two ways differ, the user chooses. */
  private static MigrationResult of(Inventory inventory, MigrationOptions options) {
    Plan plan = new Planner(inventory, options).plan();
    if (options.matching().isEmpty()) {
      Plan namespaced = new Planner(inventory, options.with(Matching.NAMESPACED)).plan();
      if (!namespaced.assignments().equals(plan.assignments())) {
        return new MigrationResult.Ambiguous(
            namespaced.neededCredentials(), plan.neededCredentials());
      }
    }
    return new Migration(inventory, options, plan).result();
  }

  private MigrationResult result() {
    SecretProviderClasses classes = new SecretProviderClasses(inventory, plan);
    files.putAll(classes.files());
    writePreparation();
    for (Assignment assignment : plan.assignments()) {
      String folder = plan.isHeld(assignment) ? Output.HELD : Output.WORKLOADS;
      files.put(
          folder + assignment.workload().fileName(),
          NewManifests.workload(assignment, options.dropBindingLabel()));
    }
    if (!plan.credentials().isEmpty()) {
      files.put(
          Output.AZ_SCRIPT, AzScript.of(plan.credentials(), options.issuer(), options.audience()));
      files.put(
          Output.TERRAFORM, Terraform.of(plan.credentials(), options.issuer(), options.audience()));
    }
    String report = new MigrationReport(inventory, plan, classes, files.keySet(), options).text();
    files.put(Output.REPORT, report);
    return new MigrationResult.Done(report, Collections.unmodifiableSortedMap(files));
  }

  /** Service accounts and configuration: until a workload uses them, they change nothing. */
  private void writePreparation() {
    Map<Account, Manifest> given = new HashMap<>();
    inventory.serviceAccounts().forEach(m -> given.put(new Account(m.namespace(), m.name()), m));
    Map<Account, Assignment> accounts = new TreeMap<>();
    Map<String, Assignment> configMaps = new TreeMap<>();
    for (Assignment assignment : plan.assignments()) {
      accounts.putIfAbsent(assignment.account(), assignment);
      if (assignment.needsConfigMap()) {
        configMaps.putIfAbsent(
            assignment.account().namespace() + "/" + assignment.configMap(), assignment);
      }
    }
    Map<String, StringBuilder> namespaces = new LinkedHashMap<>();
    accounts.forEach(
        (account, assignment) ->
            append(
                namespaces,
                account.namespace(),
                NewManifests.serviceAccount(assignment, given, options.tenant())));
    configMaps.forEach(
        (key, assignment) ->
            append(
                namespaces,
                assignment.account().namespace(),
                NewManifests.configMap(assignment, options.tenant())));
    namespaces.forEach(
        (namespace, text) -> files.put(Output.PREPARE + namespace + ".yaml", text.toString()));
  }

  private static void append(Map<String, StringBuilder> namespaces, String namespace, String text) {
    StringBuilder all = namespaces.computeIfAbsent(namespace, key -> new StringBuilder());
    all.append(all.isEmpty() ? "" : "---\n").append(text);
  }
}

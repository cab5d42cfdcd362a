package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.MigrationFinding.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a person what was done and what is left to do. It holds names and ids, never a value. */
final class MigrationReport {

  private final Inventory inventory;
  private final Plan plan;
  private final SecretProviderClasses classes;
  private final Set<String> files;
  private final MigrationOptions options;
  private final StringBuilder text = new StringBuilder();

  MigrationReport(
      Inventory inventory,
      Plan plan,
      SecretProviderClasses classes,
      Set<String> files,
      MigrationOptions options) {
    this.inventory = inventory;
    this.plan = plan;
    this.classes = classes;
    this.files = files;
    this.options = options;
  }

  String text() {
    text.append("# From pod identity to workload identity\n\n");
    counts();
    needsAPerson();
    mapping();
    section(Steps.of(plan, files, options));
    leftAlone();
    return text.toString();
  }

  private void counts() {
    text.append(
        Markdown.table(
            List.of("", ""),
            List.of(
                row(
                    "workloads that can be applied",
                    plan.assignments().size() - plan.held().size()),
                row("held back for a person", findings(Level.HELD).size()),
                row("federated credentials", plan.credentials().size()),
                row("SecretProviderClasses patched", classes.patched()))));
  }

  private void needsAPerson() {
    section("## Needs a person\n\n");
    List<List<String>> held = findings(Level.HELD);
    List<List<String>> checks = findings(Level.CHECK);
    if (held.isEmpty() && checks.isEmpty()) {
      text.append("Nothing.\n");
    }
    if (!held.isEmpty()) {
      text.append(
          """
          **Held back.** These are not in `%s`: they go on as they are while pod identity runs. Where the
          patch is clear it lies in `%s`, to be applied when the matter is settled.

          """
              .formatted(Output.WORKLOADS, Output.HELD));
      text.append(Markdown.table(List.of("object", "how it is", "what to do"), held));
    }
    if (!checks.isEmpty()) {
      text.append(held.isEmpty() ? "" : "\n")
          .append("**To know.** Nothing of this is in the way.\n\n");
      text.append(Markdown.table(List.of("object", "how it is", "what to do"), checks));
    }
  }

  private void mapping() {
    section("## What becomes what\n\n");
    List<List<String>> rows = new ArrayList<>();
    for (Assignment assignment : plan.assignments()) {
      rows.add(
          List.of(
              assignment.workload().title() + (plan.isHeld(assignment) ? " (held back)" : ""),
              Markdown.code(assignment.workload().selector().orElse("")),
              String.join(
                  "<br>", assignment.identities().stream().map(MigrationReport::identity).toList()),
              assignment.account().name() + (assignment.newAccount() ? " (new)" : "")));
    }
    text.append(
        rows.isEmpty()
            ? "No workload can be migrated.\n"
            : Markdown.table(
                List.of("workload", "`aadpodidbinding`", "AzureIdentity", "service account"),
                rows));
  }

  private void leftAlone() {
    List<String> lines = new ArrayList<>();
    plan.excepted()
        .forEach(
            title ->
                lines.add(
                    title
                        + " is covered by an AzurePodIdentityException: it reaches the real IMDS"
                        + " today and will do so without NMI."));
    plan.unusedBindings()
        .forEach(name -> lines.add("AzureIdentityBinding " + name + " matched no workload given."));
    inventory
        .repeated()
        .forEach(title -> lines.add(title + " was given twice; the first one counted."));
    if (inventory.foreign() > 0) {
      lines.add(inventory.foreign() + " document(s) were no Kubernetes objects.");
    }
    if (!lines.isEmpty()) {
      section("## Left alone\n\n");
      lines.forEach(line -> text.append("- ").append(line).append('\n'));
    }
  }

  private void section(String section) {
    text.append('\n').append(section);
  }

  private List<List<String>> findings(Level level) {
    return Stream.concat(plan.findings().stream(), classes.findings().stream())
        .filter(finding -> finding.level() == level)
        .sorted(Comparator.comparing(MigrationFinding::subject))
        .map(finding -> List.of(finding.subject(), finding.what(), finding.remedy()))
        .toList();
  }

  private static List<String> row(String what, int count) {
    return List.of(what, Integer.toString(count));
  }

  private static String identity(AzureIdentity identity) {
    return identity.key() + " (" + identity.clientId().orElse("no client id") + ")";
  }
}

package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The findings about what is migrated, but needs attention. */
final class Checks {

  private final List<MigrationFinding> findings = new ArrayList<>();

  private Checks() {}

  /**
   * The findings.
   *
   * @param present service accounts whose manifests were given
   */
  static List<MigrationFinding> of(
      List<Assignment> assignments, Set<Account> present, MigrationOptions options) {
    Checks checks = new Checks();
    checks.accounts(assignments, present);
    for (Assignment assignment : assignments) {
      checks.identities(assignment);
      checks.workload(assignment.workload(), options);
    }
    return checks.findings;
  }

  private void accounts(List<Assignment> assignments, Set<Account> present) {
    TreeMap<Account, Boolean> accounts = new TreeMap<>();
    assignments.forEach(a -> accounts.put(a.account(), a.newAccount()));
    accounts.forEach(
        (account, made) -> {
          if (made) {
            check(
                "serviceaccount " + account,
                "is new; its workloads run as `default` today",
                "repeat RoleBindings of `default` that they need; its imagePullSecrets are copied if its"
                    + " manifest was given");
          } else if (!present.contains(account)) {
            check(
                "serviceaccount " + account,
                "is in use, but its manifest was not given",
                "only the annotations are written: apply with `--server-side`, which leaves the"
                    + " rest of it alone");
          }
        });
  }

  private void identities(Assignment assignment) {
    Workload workload = assignment.workload();
    for (AzureIdentity identity : assignment.identities()) {
      if (!identity.namespace().equals(workload.namespace())) {
        check(
            workload.title(),
            "uses AzureIdentity " + identity.key() + " of another namespace",
            "if pod identity ran with `--forceNamespaced` (AKS's add-on does), it does not today:"
                + " run this with --namespaced");
      }
    }
    if (assignment.needsConfigMap()) {
      check(
          workload.title(),
          "may use several identities; without a client id NMI took any, the broker takes "
              + assignment.defaultIdentity().key(),
          "change `defaultIdentity` in ConfigMap "
              + assignment.configMap()
              + " and the service account's client id if it should be another");
    }
  }

  private void workload(Workload workload, MigrationOptions options) {
    if (workload.namesImds()) {
      check(
          workload.title(),
          "names 169.254.169.254 in its own settings, so it goes on asking NMI",
          "point it at the broker (`token-broker env`), or annotate its pods"
              + " `token-broker.dev/redirect: \"true\"`");
    }
    if (workload.isOfHelm()) {
      check(
          workload.title(),
          "belongs to a Helm release: the next `helm upgrade` reverts the patch",
          "make the same change in the chart or its values");
    }
    if (workload.isImmutable()) {
      check(
          workload.title(),
          "Kubernetes changes no pod in place",
          "`kubectl replace --force -f` makes it anew, when it may be interrupted");
    }
    if (options.dropBindingLabel() && workload.selectsByBindingLabel()) {
      check(
          workload.title(),
          "has `aadpodidbinding` in its selector, which cannot be changed",
          "the label stays; without pod identity it means nothing");
    }
    if (!workload.manifest().namespaceGiven()) {
      check(
          workload.title(),
          "names no namespace",
          "taken as `"
              + workload.namespace()
              + "`: if that is wrong, so is its credential; see --namespace");
    }
  }

  private void check(String subject, String what, String remedy) {
    findings.add(MigrationFinding.check(subject, what, remedy));
  }
}

package dev.tokenbroker.migrate;

import java.util.List;

/**
 * The change that a workload gets.
 *
 * @param identities at least one; the first is the default
 * @param account the service account it will run as
 * @param newAccount whether it ran as {@code default} so far
 */
record Assignment(
    Workload workload, List<AzureIdentity> identities, Account account, boolean newAccount) {

  AzureIdentity defaultIdentity() {
    return identities.get(0);
  }

  /** What must agree between workloads that share a service account. */
  List<String> clientIds() {
    return identities.stream().flatMap(identity -> identity.clientId().stream()).toList();
  }

  /** Only the broker's file can say that there are several. */
  boolean needsConfigMap() {
    return identities.size() > 1;
  }

  /** One for each selector of a namespace: the selector decides which identities there are. */
  String configMap() {
    return "token-broker-" + SafeName.of(workload.selector().orElse(""), 63);
  }
}

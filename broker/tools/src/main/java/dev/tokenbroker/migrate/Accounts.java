package dev.tokenbroker.migrate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Chooses the service accounts: a workload keeps its own; who had none shares one by selector. */
final class Accounts {

  private static final int MAX_NAME = 63;

  private final Set<Account> taken = new HashSet<>();
  private final Map<String, Account> made = new HashMap<>();

  Accounts(Inventory inventory) {
    inventory.serviceAccounts().forEach(m -> taken.add(new Account(m.namespace(), m.name())));
    for (Workload workload : inventory.workloads()) {
      workload.serviceAccount().ifPresent(n -> taken.add(new Account(workload.namespace(), n)));
    }
  }

  Account of(Workload workload) {
    return workload
        .serviceAccount()
        .map(name -> new Account(workload.namespace(), name))
        .orElseGet(() -> bySelector(workload.namespace(), workload.selector().orElse("")));
  }

  /** One that exists already has rights of its own, which must not come as a gift. */
  private Account bySelector(String namespace, String selector) {
    return made.computeIfAbsent(
        namespace + "/" + selector,
        key -> {
          Account account = new Account(namespace, SafeName.of(selector, MAX_NAME));
          return taken.contains(account)
              ? new Account(namespace, SafeName.of(selector, MAX_NAME) + "-token-broker")
              : account;
        });
  }
}

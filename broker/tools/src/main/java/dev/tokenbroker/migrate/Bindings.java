package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which identities a workload may use today, by the rules of pod identity's controller (MIC). */
final class Bindings {

  private final List<AzureIdentityBinding> bindings;
  private final Map<String, AzureIdentity> identities = new LinkedHashMap<>();
  private final boolean namespacedOnly;
  private final Set<AzureIdentityBinding> used = new HashSet<>();

  Bindings(Inventory inventory, boolean namespacedOnly) {
    this.bindings = inventory.bindings();
    this.namespacedOnly = namespacedOnly;
    inventory.identities().forEach(identity -> identities.put(identity.key(), identity));
  }

  /**
   * Those of the workload's own namespace first, each client id once. Unless pod identity is told
   * otherwise, it matches pods with bindings of every namespace.
   */
  List<AzureIdentity> of(Workload workload) {
    Map<String, AzureIdentity> own = new LinkedHashMap<>();
    Map<String, AzureIdentity> others = new LinkedHashMap<>();
    for (AzureIdentityBinding binding : bindings) {
      AzureIdentity identity = identities.get(binding.identityKey());
      if (identity == null || !workload.selector().equals(Optional.of(binding.selector()))) {
        continue;
      }
      boolean here = identity.namespace().equals(workload.namespace());
      if (here || !(namespacedOnly || identity.namespaced())) {
        used.add(binding);
        (here ? own : others).putIfAbsent(identity.clientId().orElse(identity.key()), identity);
      }
    }
    others.keySet().removeAll(own.keySet());
    List<AzureIdentity> all = new ArrayList<>(own.values());
    all.addAll(others.values());
    return all;
  }

  /** Names of bindings that no workload needed so far. */
  List<String> unused() {
    return bindings.stream()
        .filter(binding -> !used.contains(binding))
        .map(binding -> binding.namespace() + "/" + binding.name())
        .toList();
  }

  /** Why a selector leads nowhere. */
  String whyNone(Workload workload) {
    Set<String> reasons = new TreeSet<>();
    for (AzureIdentityBinding binding : bindings) {
      if (workload.selector().equals(Optional.of(binding.selector()))) {
        reasons.add(
            identities.containsKey(binding.identityKey())
                ? "AzureIdentity " + binding.identityKey() + " serves its own namespace only"
                : "there is no AzureIdentity "
                    + binding.namespace()
                    + "/"
                    + Markdown.code(binding.identity()));
      }
    }
    return reasons.isEmpty()
        ? "no AzureIdentityBinding has this selector"
        : String.join("; ", reasons);
  }

  /**
   * An AzureIdentityBinding: pods whose label {@code aadpodidbinding} has the selector as its value
   * may use the identity of that name in the binding's namespace.
   */
  record AzureIdentityBinding(String namespace, String name, String identity, String selector) {

    static AzureIdentityBinding of(Manifest manifest) {
      YamlMap spec = manifest.spec();
      return new AzureIdentityBinding(
          manifest.namespace(),
          manifest.name(),
          spec.textOfAnyCase("azureIdentity").orElse(""),
          spec.textOfAnyCase("selector").orElse(""));
    }

    String identityKey() {
      return namespace + "/" + identity;
    }
  }
}

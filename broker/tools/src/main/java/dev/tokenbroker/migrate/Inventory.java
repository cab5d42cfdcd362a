package dev.tokenbroker.migrate;

import dev.tokenbroker.migrate.Bindings.AzureIdentityBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects that were found, sorted by namespace and name so that the outcome does not depend on
 * the order of files.
 *
 * @param repeated titles of objects that were found twice; the first one counts
 * @param foreign how many documents were no Kubernetes objects
 */
record Inventory(
    List<AzureIdentity> identities,
    List<AzureIdentityBinding> bindings,
    List<PodIdentityException> exceptions,
    List<Workload> workloads,
    List<Manifest> serviceAccounts,
    List<Manifest> secretProviderClasses,
    List<String> repeated,
    int foreign) {

  static Inventory of(List<Manifest> found, int foreign) {
    Map<String, Manifest> first = new LinkedHashMap<>();
    List<String> repeated = new ArrayList<>();
    for (Manifest manifest : found) {
      if (first.putIfAbsent(manifest.title(), manifest) != null) {
        repeated.add(manifest.title());
      }
    }
    List<Manifest> sorted =
        first.values().stream()
            .sorted(
                Comparator.comparing(Manifest::namespace)
                    .thenComparing(Manifest::kind)
                    .thenComparing(Manifest::name))
            .toList();
    return new Inventory(
        of(Manifest.IDENTITY, sorted).stream().map(AzureIdentity::of).toList(),
        of(Manifest.BINDING, sorted).stream().map(AzureIdentityBinding::of).toList(),
        of(Manifest.EXCEPTION, sorted).stream().map(PodIdentityException::of).toList(),
        sorted.stream().flatMap(manifest -> Workload.of(manifest).stream()).toList(),
        of(Manifest.SERVICE_ACCOUNT, sorted),
        of(Manifest.SECRET_PROVIDER_CLASS, sorted),
        repeated.stream().distinct().sorted().toList(),
        foreign);
  }

  private static List<Manifest> of(String kind, List<Manifest> manifests) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
  }
}

package dev.tokenbroker.migrate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One Kubernetes object.
 *
 * @param source where it was found
 * @param namespaceGiven whether the manifest names its namespace
 */
record Manifest(
    String source,
    YamlMap root,
    String kind,
    String namespace,
    String name,
    boolean namespaceGiven) {

  static final String IDENTITY = "AzureIdentity";
  static final String BINDING = "AzureIdentityBinding";
  static final String EXCEPTION = "AzurePodIdentityException";
  static final String SECRET_PROVIDER_CLASS = "SecretProviderClass";
  static final String SERVICE_ACCOUNT = "ServiceAccount";

  private static final Set<String> KINDS =
      Set.of(IDENTITY, BINDING, EXCEPTION, SECRET_PROVIDER_CLASS, SERVICE_ACCOUNT);

  /** How the report names it, {@code deployment shop/checkout}: unique, and fit for a file name. */
  String title() {
    return kind.toLowerCase(Locale.ROOT) + " " + namespace + "/" + name;
  }

  String fileName() {
    return kind.toLowerCase(Locale.ROOT) + "-" + name + ".yaml";
  }

  Map<String, String> annotations() {
    return root.map("metadata")
        .flatMap(metadata -> metadata.map("annotations"))
        .map(YamlMap::texts)
        .orElse(Map.of());
  }

  /** The specification, or an empty one. */
  YamlMap spec() {
    return root.map("spec").orElseGet(YamlMap::empty);
  }

  /** The pod template: metadata and spec of the pods to be; empty if it makes none. */
  Optional<YamlMap> podTemplate() {
    return podTemplate(kind, root);
  }

  /**
   * Whether an object matters here: those of pod identity, and everything that makes pods, whatever
   * its kind: an Argo Rollout is as good as a Job.
   */
  static boolean matters(String kind, YamlMap document) {
    return KINDS.contains(kind) || podTemplate(kind, document).isPresent();
  }

  private static Optional<YamlMap> podTemplate(String kind, YamlMap document) {
    Optional<YamlMap> holder =
        switch (kind) {
          case "Pod" -> Optional.of(document);
          case "CronJob" -> document.map(List.of("spec", "jobTemplate", "spec", "template"));
          default -> document.map(List.of("spec", "template"));
        };
    return holder.filter(
        template -> template.map("spec").filter(s -> s.keys().contains("containers")).isPresent());
  }
}

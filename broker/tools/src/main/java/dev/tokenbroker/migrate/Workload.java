package dev.tokenbroker.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that makes pods. */
record Workload(Manifest manifest, YamlMap template) {

  static final String BINDING_LABEL = "aadpodidbinding";

  private static final String CSI_DRIVER = "secrets-store.csi.k8s.io";

  static Optional<Workload> of(Manifest manifest) {
    return manifest.podTemplate().map(template -> new Workload(manifest, template));
  }

  String namespace() {
    return manifest.namespace();
  }

  String title() {
    return manifest.title();
  }

  /** Below the folder for its state. */
  String fileName() {
    return namespace() + "/" + (isImmutable() ? Output.RECREATE : "") + manifest.fileName();
  }

  /** Whether its pods can only be made anew. */
  boolean isImmutable() {
    return manifest.kind().equals("Pod") || manifest.kind().equals("Job");
  }

  YamlMap podSpec() {
    return template.mapOrNew("spec");
  }

  /** Of the pods. */
  Map<String, String> labels() {
    return template.map(List.of("metadata", "labels")).map(YamlMap::texts).orElse(Map.of());
  }

  /** What it shows to bindings; NMI ignores an empty one. */
  Optional<String> selector() {
    return Optional.ofNullable(labels().get(BINDING_LABEL)).filter(text -> !text.isEmpty());
  }

  /** The service account it names, unless that is the one every pod gets by itself. */
  Optional<String> serviceAccount() {
    return podSpec()
        .text("serviceAccountName")
        .or(() -> podSpec().text("serviceAccount"))
        .filter(name -> !name.isEmpty() && !name.equals("default"));
  }

  /** Made by something else, which is migrated instead of it. */
  boolean isOwned() {
    return manifest.root().map("metadata").stream()
        .flatMap(metadata -> metadata.maps("ownerReferences").stream())
        .anyMatch(owner -> owner.text("controller").filter("true"::equals).isPresent());
  }

  /** Whether a Helm release owns it (Helm documentation, "Labels and Annotations"). */
  boolean isOfHelm() {
    return manifest.annotations().keySet().stream().anyMatch(key -> key.startsWith("meta.helm.sh/"))
        || "Helm"
            .equals(
                manifest
                    .root()
                    .map(List.of("metadata", "labels"))
                    .map(YamlMap::texts)
                    .orElse(Map.of())
                    .get("app.kubernetes.io/managed-by"));
  }

  boolean hostNetwork() {
    return podSpec().text("hostNetwork").filter("true"::equals).isPresent();
  }

  boolean windows() {
    return "windows".equals(podSpec().map("os").flatMap(os -> os.text("name")).orElse(""))
        || podSpec().map("nodeSelector").map(YamlMap::texts).orElse(Map.of()).entrySet().stream()
            .anyMatch(
                label ->
                    label.getKey().endsWith("kubernetes.io/os")
                        && label.getValue().equals("windows"));
  }

  /** Whether its own settings lead it to IMDS, past every variable that an SDK would follow. */
  boolean namesImds() {
    return podSpec().mentions("169.254.169.254");
  }

  /** Whether the label is part of a selector, which Kubernetes lets nobody change. */
  boolean selectsByBindingLabel() {
    return manifest
        .root()
        .map(List.of("spec", "selector", "matchLabels"))
        .filter(labels -> labels.keys().contains(BINDING_LABEL))
        .isPresent();
  }

  /** Names of the SecretProviderClasses that its volumes mount. */
  List<String> secretProviderClasses() {
    return podSpec().maps("volumes").stream()
        .map(volume -> volume.map("csi"))
        .flatMap(Optional::stream)
        .filter(csi -> csi.text("driver").filter(CSI_DRIVER::equals).isPresent())
        .map(csi -> csi.map("volumeAttributes").flatMap(a -> a.text("secretProviderClass")))
        .flatMap(Optional::stream)
        .toList();
  }
}

package dev.tokenbroker.migrate;

import java.util.Locale;
import java.util.Map;

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
}

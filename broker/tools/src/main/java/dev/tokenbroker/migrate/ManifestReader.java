package dev.tokenbroker.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes documents apart into Kubernetes objects, and collects what cannot be read. */
final class ManifestReader {

  /** RFC 1123 subdomains; a few built-in kinds are laxer, none that concern us. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]*");

  private static final String HELM = "; a Helm template? Pipe \"helm template ...\" in instead";

  /** Never looked into, never passed on. */
  private static final String SECRET = "Secret";

  private final String defaultNamespace;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int foreign;

  ManifestReader(String defaultNamespace) {
    this.defaultNamespace = defaultNamespace;
  }

  List<Manifest> manifests() {
    return List.copyOf(manifests);
  }

  /** What could not be read, one line each. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** How many documents were no Kubernetes objects. */
  int foreign() {
    return foreign;
  }

  void read(Source source) {
    try {
      for (YamlMap document : YamlText.read(source.text())) {
        take(source.name(), document, "");
      }
    } catch (YamlText.NotYaml e) {
      String hint = source.text().contains("{{") ? HELM : "";
      problems.add(source.name() + ": " + e.getMessage() + hint);
    }
  }

  private void take(String source, YamlMap document, String kindOfItem) {
    String kind = document.text("kind").orElse(kindOfItem);
    if (!KIND.matcher(kind).matches()) {
      foreign++;
    } else if (kind.endsWith("List") && document.keys().contains("items")) {
      // A List names the kind of each item; a DeploymentList of the raw API does not.
      String itemKind = kind.substring(0, kind.length() - "List".length());
      document.maps("items").forEach(item -> take(source, completed(item, itemKind, document), ""));
    } else if (!kind.equals(SECRET)) {
      object(source, document, kind);
    }
  }

  private static YamlMap completed(YamlMap item, String kind, YamlMap list) {
    if (item.text("kind").isEmpty() && !kind.isEmpty()) {
      list.text("apiVersion").ifPresent(version -> item.put("apiVersion", version));
      item.put("kind", kind);
    }
    return item;
  }

  private void object(String source, YamlMap document, String kind) {
    Optional<YamlMap> metadata = document.map("metadata");
    Optional<String> name =
        metadata
            .flatMap(m -> m.text("name"))
            .or(() -> metadata.flatMap(m -> m.text("generateName")).map(ManifestReader::prefix));
    Optional<String> namespace =
        metadata.flatMap(m -> m.text("namespace")).filter(text -> !text.isEmpty());
    if (name.isEmpty()) {
      // Such as kustomization.yaml, which needs none.
      foreign++;
    } else if (Manifest.matters(kind, document)) {
      String where = namespace.orElse(defaultNamespace);
      if (isName(name.get()) && isName(where)) {
        manifests.add(
            new Manifest(source, document, kind, where, name.get(), namespace.isPresent()));
      } else {
        problems.add(source + ": a " + kind + " has a name or namespace that Kubernetes refuses");
      }
    }
  }

  /** {@code load-} of {@code generateName} is a name but for its last sign. */
  private static String prefix(String text) {
    return text.replaceAll("[-.]+$", "");
  }

  static boolean isName(String text) {
    return text.length() <= 253 && NAME.matcher(text).matches();
  }
}

package dev.tokenbroker.migrate;

import java.util.List;
import java.util.Optional;

/**
 * The fields that the cluster wrote into an object; in a manifest to apply it is of no use, or in
 * the way.
 */
final class ServerFields {

  private static final List<String> METADATA =
      List.of(
          "creationTimestamp",
          "deletionGracePeriodSeconds",
          "deletionTimestamp",
          "generation",
          "managedFields",
          "resourceVersion",
          "selfLink",
          "uid");

  private static final List<String> ANNOTATIONS =
      List.of(
          "deployment.kubernetes.io/revision",
          "deprecated.daemonset.template.generation",
          "kubectl.kubernetes.io/last-applied-configuration");

  /** What the Job controller gives to a job that chose no selector of its own. */
  private static final List<String> JOB_LABELS =
      List.of(
          "batch.kubernetes.io/controller-uid",
          "batch.kubernetes.io/job-name",
          "controller-uid",
          "job-name");

  private static final String API_TOKEN = "kube-api-access-";

  private ServerFields() {}

  static void dropFrom(Manifest manifest) {
    YamlMap root = manifest.root();
    boolean live = root.map("metadata").flatMap(m -> m.text("uid")).isPresent();
    Optional<YamlMap> template = manifest.podTemplate();
    if (live && manifest.kind().equals("Job")) {
      dropJobSelector(root, template);
    }
    if (live && manifest.kind().equals("Pod")) {
      dropScheduling(manifest.spec());
    }
    root.remove("status");
    root.map("metadata").ifPresent(ServerFields::dropFromMetadata);
    root.map(List.of("spec", "jobTemplate", "metadata")).ifPresent(ServerFields::dropTime);
    template.flatMap(t -> t.map("metadata")).ifPresent(ServerFields::dropTime);
  }

  private static void dropFromMetadata(YamlMap metadata) {
    METADATA.forEach(metadata::remove);
    metadata
        .map("annotations")
        .ifPresent(
            annotations -> {
              ANNOTATIONS.forEach(annotations::remove);
              removeIfEmpty(metadata, "annotations");
            });
  }

  private static void dropTime(YamlMap metadata) {
    metadata.remove("creationTimestamp");
  }

  private static void dropJobSelector(YamlMap root, Optional<YamlMap> template) {
    YamlMap spec = root.mapOrNew("spec");
    if (spec.text("manualSelector").filter("true"::equals).isEmpty()) {
      spec.remove("selector");
      Optional<YamlMap> metadata = template.flatMap(t -> t.map("metadata"));
      for (YamlMap labelled :
          List.of(root.mapOrNew("metadata"), metadata.orElseGet(YamlMap::empty))) {
        labelled.map("labels").ifPresent(labels -> JOB_LABELS.forEach(labels::remove));
        removeIfEmpty(labelled, "labels");
      }
    }
  }

  private static void dropScheduling(YamlMap spec) {
    spec.remove("nodeName");
    spec.removeFrom("volumes", volume -> isApiToken(volume));
    for (String list : List.of("containers", "initContainers")) {
      spec.maps(list).forEach(c -> c.removeFrom("volumeMounts", mount -> isApiToken(mount)));
    }
  }

  private static boolean isApiToken(YamlMap volume) {
    return volume.text("name").filter(name -> name.startsWith(API_TOKEN)).isPresent();
  }

  private static void removeIfEmpty(YamlMap map, String key) {
    if (map.map(key).filter(inner -> inner.keys().isEmpty()).isPresent()) {
      map.remove(key);
    }
  }
}

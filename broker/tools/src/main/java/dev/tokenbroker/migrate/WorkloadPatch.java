package dev.tokenbroker.migrate;

/** Turns a workload into what it becomes; twice is the same as once. */
final class WorkloadPatch {

  private WorkloadPatch() {}

  static String of(Assignment assignment, boolean dropBindingLabel) {
    Workload workload = assignment.workload();
    YamlMap metadata = workload.template().mapOrNew("metadata");
    YamlMap labels = metadata.mapOrNew("labels");
    labels.put(Labels.USE, "true");
    labels.put(Labels.INJECT, "true");
    if (dropBindingLabel && !workload.selectsByBindingLabel()) {
      labels.remove(Workload.BINDING_LABEL);
    }
    if (assignment.needsConfigMap()) {
      metadata.mapOrNew("annotations").put(Labels.IDENTITIES_CONFIG_MAP, assignment.configMap());
    }
    YamlMap spec = workload.podSpec();
    spec.put("serviceAccountName", assignment.account().name());
    // The old name of the same field; the API server fills it in.
    spec.remove("serviceAccount");
    ServerFields.dropFrom(workload.manifest());
    return YamlText.write(workload.manifest().root());
  }
}

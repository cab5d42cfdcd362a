package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import java.util.List;

/** The decision about a pod that is to be created. */
sealed interface AdmissionDecision {

  /** Admits it as it is: it did not opt in, or has everything already. */
  record Unchanged() implements AdmissionDecision {}

  /**
   * Admits it with changes.
   *
   * @param patch a JSON patch (RFC 6902), not empty
   * @param warnings shown to whoever creates the pod
   */
  record Patched(JsonArray patch, List<String> warnings) implements AdmissionDecision {}

  /**
   * Rejects it.
   *
   * @param reason in words for the pod's author
   */
  record Denied(String reason) implements AdmissionDecision {}
}

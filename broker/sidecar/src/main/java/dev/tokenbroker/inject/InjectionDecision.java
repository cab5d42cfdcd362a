package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import java.util.List;

/** What to do with a pod. */
sealed interface InjectionDecision {

  /** Let it in as it is: it did not opt in, or has everything already. */
  record Untouched() implements InjectionDecision {}

  /**
   * Let it in with these changes.
   *
   * @param patch a JSON patch (RFC 6902), not empty
   * @param warnings shown to whoever creates the pod
   */
  record Patched(JsonArray patch, List<String> warnings) implements InjectionDecision {}

  /**
   * Do not let it in.
   *
   * @param reason in words for the pod's author
   */
  record Refused(String reason) implements InjectionDecision {}
}

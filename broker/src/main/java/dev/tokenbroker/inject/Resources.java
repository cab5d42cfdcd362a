package dev.tokenbroker.inject;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What the sidecar asks of the node, as Kubernetes quantities.
 *
 * @param cpuLimit absent by default: a throttled JVM starts slowly, and an idle broker uses next to
 *     nothing
 */
public record Resources(
    String cpuRequest, Optional<String> cpuLimit, String memoryRequest, String memoryLimit) {

  /** Measured: about 70 MB after an exchange and under load. */
  public static final Resources DEFAULT = new Resources("10m", Optional.empty(), "80Mi", "128Mi");

  JsonObject toJson() {
    JsonObject limits = new JsonObject();
    cpuLimit.ifPresent(cpu -> limits.put("cpu", cpu));
    limits.put("memory", memoryLimit);
    return new JsonObject()
        .put("requests", new JsonObject().put("cpu", cpuRequest).put("memory", memoryRequest))
        .put("limits", limits);
  }
}

package dev.tokenbroker.inject;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The resource requests and limits of the sidecar, as Kubernetes quantities.
 *
 * @param cpuLimit absent by default: a throttled JVM starts slowly, and an idle broker uses next to
 *     nothing
 */
public record ResourceRequirements(
    String cpuRequest, Optional<String> cpuLimit, String memoryRequest, String memoryLimit) {

  /** Measured: 94 MB after an exchange, 51 of them private to the pod. */
  public static final ResourceRequirements DEFAULT =
      new ResourceRequirements("20m", Optional.empty(), "112Mi", "192Mi");

  /** Kubernetes' own syntax of a quantity, without a sign (apimachinery, resource.Quantity). */
  private static final Pattern QUANTITY =
      Pattern.compile("[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?");

  /** The text itself; IllegalArgumentException if it is no quantity. */
  static String quantity(String text) {
    if (!QUANTITY.matcher(text).matches()) {
      throw new IllegalArgumentException("not a quantity");
    }
    return text;
  }

  JsonObject toJson() {
    JsonObject limits = new JsonObject();
    cpuLimit.ifPresent(cpu -> limits.put("cpu", cpu));
    limits.put("memory", memoryLimit);
    return new JsonObject()
        .put("requests", new JsonObject().put("cpu", cpuRequest).put("memory", memoryRequest))
        .put("limits", limits);
  }
}

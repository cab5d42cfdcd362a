package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The init container that redirects 169.254.169.254:80 to the broker. It needs NET_ADMIN, and root
 * because Kubernetes gives added capabilities to no other user; so it passes neither "baseline" nor
 * "restricted", and only pods that ask for it get it.
 */
final class RedirectTemplate {

  private RedirectTemplate() {}

  static JsonObject render(InjectionSpec wishes, String image) {
    return new JsonObject()
        .put("name", Names.REDIRECT_CONTAINER)
        .put("image", image)
        .put(
            "env",
            new JsonArray()
                .add(SidecarTemplate.variable("BROKER_PORT", Integer.toString(wishes.port())))
                .add(SidecarTemplate.variable("BROKER_UID", Integer.toString(SidecarTemplate.UID))))
        .put(
            "resources",
            new JsonObject()
                .put("requests", size("16Mi").put("cpu", "10m"))
                .put("limits", size("32Mi")))
        .put(
            "securityContext",
            SidecarTemplate.restricted()
                .put("runAsNonRoot", false)
                .put("runAsUser", 0)
                .put("runAsGroup", 0)
                .put(
                    "capabilities",
                    new JsonObject()
                        .put("drop", new JsonArray().add("ALL"))
                        .put("add", new JsonArray().add("NET_ADMIN"))));
  }

  private static JsonObject size(String memory) {
    return new JsonObject().put("memory", memory);
  }
}

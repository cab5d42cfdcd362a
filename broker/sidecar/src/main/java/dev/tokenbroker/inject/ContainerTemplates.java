package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The containers that injection adds to a pod. */
final class ContainerTemplates {

  static final int UID = 17332;
  private static final String CONFIG_FOLDER = "/etc/token-broker";

  private ContainerTemplates() {}

  /**
   * Renders the broker as a native sidecar: an init container that stays. Kubernetes starts it
   * before the app, waits for its startup probe, and ends it after the app, so that Jobs end too.
   */
  static JsonObject sidecar(InjectionSpec spec, Pod pod) {
    JsonObject sidecar =
        new JsonObject()
            .put("name", WellKnownNames.SIDECAR)
            .put("image", spec.image())
            .put("restartPolicy", "Always")
            .put("env", env(spec))
            .put("ports", new JsonArray().add(adminPort()))
            // The kubelet cannot reach a container's loopback, so probes go to the admin listener.
            .put(
                "startupProbe",
                probe("/startupz").put("periodSeconds", 1).put("failureThreshold", 60))
            .put("readinessProbe", probe("/readyz").put("periodSeconds", 5))
            .put("livenessProbe", probe("/livez").put("periodSeconds", 10))
            .put("resources", spec.resources().toJson())
            .put("securityContext", restricted())
            // A wrong setting is then seen by "kubectl describe pod".
            .put("terminationMessagePolicy", "FallbackToLogsOnError")
            .put("volumeMounts", mounts(spec));
    WorkloadIdentity.copyTo(sidecar, pod);
    dropIfEmpty(sidecar, "env");
    dropIfEmpty(sidecar, "volumeMounts");
    return sidecar;
  }

  /**
   * Renders the init container that redirects 169.254.169.254:80 to the broker. It needs NET_ADMIN,
   * and root because Kubernetes gives added capabilities to no other user; so it passes neither
   * "baseline" nor "restricted", and only pods that ask for it get it.
   */
  static JsonObject redirect(InjectionSpec spec, String image) {
    return new JsonObject()
        .put("name", WellKnownNames.REDIRECT_CONTAINER)
        .put("image", image)
        .put(
            "env",
            new JsonArray()
                .add(variable("BROKER_PORT", Integer.toString(spec.port())))
                .add(variable("BROKER_UID", Integer.toString(UID))))
        .put(
            "resources",
            new JsonObject()
                .put("requests", size("16Mi").put("cpu", "10m"))
                .put("limits", size("32Mi")))
        .put(
            "securityContext",
            restricted()
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

  /** Renders the security context that passes the Pod Security Standard "restricted". */
  static JsonObject restricted() {
    return new JsonObject()
        .put("runAsNonRoot", true)
        .put("runAsUser", UID)
        .put("runAsGroup", UID)
        .put("readOnlyRootFilesystem", true)
        .put("allowPrivilegeEscalation", false)
        .put("capabilities", new JsonObject().put("drop", new JsonArray().add("ALL")))
        .put("seccompProfile", new JsonObject().put("type", "RuntimeDefault"));
  }

  static JsonObject variable(String name, String value) {
    return new JsonObject().put("name", name).put("value", value);
  }

  private static JsonArray env(InjectionSpec spec) {
    JsonArray env = new JsonArray();
    if (spec.port() != InjectionSpec.DEFAULT_PORT) {
      env.add(variable("BROKER_LISTEN", "127.0.0.1:" + spec.port()));
    }
    if (spec.identitiesConfigMap().isPresent()) {
      env.add(variable("BROKER_CONFIG", CONFIG_FOLDER + "/config.yaml"));
    }
    spec.prefetch().ifPresent(resources -> env.add(variable("BROKER_PREFETCH", resources)));
    spec.logLevel().ifPresent(level -> env.add(variable("BROKER_LOG_LEVEL", level)));
    spec.identityHeaderSecret()
        .ifPresent(
            secret -> env.add(ClientVariables.identityHeader("BROKER_IDENTITY_HEADER", secret)));
    return env;
  }

  private static JsonArray mounts(InjectionSpec spec) {
    JsonArray mounts = new JsonArray();
    if (spec.identitiesConfigMap().isPresent()) {
      mounts.add(
          new JsonObject()
              .put("name", WellKnownNames.CONFIG_VOLUME)
              .put("mountPath", CONFIG_FOLDER)
              .put("readOnly", true));
    }
    return mounts;
  }

  private static JsonObject adminPort() {
    return new JsonObject()
        .put("name", "broker-admin")
        .put("containerPort", InjectionSpec.ADMIN_PORT);
  }

  private static JsonObject probe(String path) {
    return new JsonObject()
        .put("httpGet", new JsonObject().put("path", path).put("port", InjectionSpec.ADMIN_PORT));
  }

  private static void dropIfEmpty(JsonObject object, String field) {
    if (object.getJsonArray(field).isEmpty()) {
      object.remove(field);
    }
  }
}

package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The broker as a native sidecar: an init container that stays. Kubernetes starts it before the
 * app, waits for its startup probe, and ends it after the app, so that Jobs end too. It passes the
 * Pod Security Standard "restricted".
 */
final class SidecarTemplate {

  static final int UID = 17332;
  private static final String CONFIG_FOLDER = "/etc/token-broker";

  private SidecarTemplate() {}

  static JsonObject render(InjectionSpec wishes, SubmittedPod pod) {
    JsonObject sidecar =
        new JsonObject()
            .put("name", Names.SIDECAR)
            .put("image", wishes.image())
            .put("restartPolicy", "Always")
            .put("env", env(wishes))
            .put("ports", new JsonArray().add(adminPort()))
            // The kubelet cannot reach a container's loopback, so probes go to the admin listener.
            .put(
                "startupProbe",
                probe("/startupz").put("periodSeconds", 1).put("failureThreshold", 60))
            .put("readinessProbe", probe("/readyz").put("periodSeconds", 5))
            .put("livenessProbe", probe("/livez").put("periodSeconds", 10))
            .put("resources", wishes.resources().toJson())
            .put("securityContext", restricted())
            // A wrong setting is then seen by "kubectl describe pod".
            .put("terminationMessagePolicy", "FallbackToLogsOnError")
            .put("volumeMounts", mounts(wishes));
    WorkloadIdentity.copyTo(sidecar, pod);
    dropIfEmpty(sidecar, "env");
    dropIfEmpty(sidecar, "volumeMounts");
    return sidecar;
  }

  /** What an author's container must not do either, to pass "restricted". */
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

  private static JsonArray env(InjectionSpec wishes) {
    JsonArray env = new JsonArray();
    if (wishes.port() != InjectionSpec.DEFAULT_PORT) {
      env.add(variable("BROKER_LISTEN", "127.0.0.1:" + wishes.port()));
    }
    if (wishes.identitiesConfigMap().isPresent()) {
      env.add(variable("BROKER_CONFIG", CONFIG_FOLDER + "/config.yaml"));
    }
    wishes.prefetch().ifPresent(resources -> env.add(variable("BROKER_PREFETCH", resources)));
    wishes.logLevel().ifPresent(level -> env.add(variable("BROKER_LOG_LEVEL", level)));
    wishes
        .identityHeaderSecret()
        .ifPresent(
            secret -> env.add(InjectedVariables.identityHeader("BROKER_IDENTITY_HEADER", secret)));
    return env;
  }

  private static JsonArray mounts(InjectionSpec wishes) {
    JsonArray mounts = new JsonArray();
    if (wishes.identitiesConfigMap().isPresent()) {
      mounts.add(
          new JsonObject()
              .put("name", Names.CONFIG_VOLUME)
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

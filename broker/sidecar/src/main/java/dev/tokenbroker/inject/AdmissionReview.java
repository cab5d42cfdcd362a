package dev.tokenbroker.inject;

import dev.tokenbroker.json.JsonReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An AdmissionReview of the API server: its request, and the response to it.
 *
 * <p>Source: <a
 * href="https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">Kubernetes,
 * Dynamic Admission Control</a>.
 *
 * @param uid identifies the request; the response repeats it
 * @param create whether the object is a pod about to be created; only then can it be changed
 * @param pod the pod; empty if there is none
 * @param where namespace and name, for the log
 */
record AdmissionReview(String uid, boolean create, JsonObject pod, String where) {

  /** Thrown for a body that is no AdmissionReview; its sender is not the API server. */
  static final class MalformedException extends RuntimeException {

    MalformedException(String message) {
      super(message);
    }
  }

  private static final String VERSION = "admission.k8s.io/v1";

  /** A pod with everything set is some fifteen levels deep, and has a few thousand values. */
  private static final JsonReader JSON = new JsonReader(64, 50_000);

  private static final String KIND = "AdmissionReview";

  /**
   * @throws MalformedException if it is no AdmissionReview of version v1 with a request
   */
  static AdmissionReview parse(Buffer body) {
    try {
      JsonObject review =
          JSON.object(body.getBytes())
              .orElseThrow(
                  () -> new MalformedException("the body is not the JSON of an AdmissionReview"));
      JsonObject request = review.getJsonObject("request");
      if (!VERSION.equals(review.getString("apiVersion"))
          || !KIND.equals(review.getString("kind"))
          || request == null) {
        throw new MalformedException("expected an AdmissionReview of " + VERSION);
      }
      String uid = request.getString("uid");
      if (uid == null || uid.isEmpty()) {
        throw new MalformedException("the request has no uid");
      }
      return of(uid, request);
    } catch (ClassCastException e) {
      throw new MalformedException("the body is not the JSON of an AdmissionReview");
    }
  }

  private static AdmissionReview of(String uid, JsonObject request) {
    JsonObject pod = request.getJsonObject("object");
    boolean create =
        pod != null
            && "CREATE".equals(request.getString("operation"))
            && "Pod".equals(request.getJsonObject("kind", new JsonObject()).getString("kind"));
    return new AdmissionReview(
        uid, create, pod == null ? new JsonObject() : pod, where(request, pod));
  }

  /** The pods of a workload have no name yet, but the start of one. */
  private static String where(JsonObject request, @Nullable JsonObject pod) {
    JsonObject metadata =
        pod == null ? new JsonObject() : pod.getJsonObject("metadata", new JsonObject());
    String name = metadata.getString("name", metadata.getString("generateName", ""));
    return request.getString("namespace", "") + "/" + name;
  }

  JsonObject response(AdmissionDecision decision) {
    JsonObject response = new JsonObject().put("uid", uid);
    if (decision instanceof AdmissionDecision.Denied denied) {
      response.put("allowed", false).put("status", status(denied.reason()));
    } else {
      response.put("allowed", true);
    }
    if (decision instanceof AdmissionDecision.Patched patched) {
      response.put("patchType", "JSONPatch").put("patch", base64(patched.patch()));
      if (!patched.warnings().isEmpty()) {
        response.put("warnings", new JsonArray(patched.warnings()));
      }
    }
    return new JsonObject().put("apiVersion", VERSION).put("kind", KIND).put("response", response);
  }

  /** 422: the pod is what is wrong, as the API server says of a pod it finds invalid. */
  private static JsonObject status(String reason) {
    return new JsonObject().put("code", 422).put("reason", "Invalid").put("message", reason);
  }

  private static String base64(JsonArray patch) {
    return Base64.getEncoder().encodeToString(patch.encode().getBytes(StandardCharsets.UTF_8));
  }
}

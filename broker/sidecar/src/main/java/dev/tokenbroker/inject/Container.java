package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A container of a pod.
 *
 * @param path where it stands, as a JSON pointer (RFC 6901)
 */
record Container(String path, JsonObject json) {

  String name() {
    return json.getString("name", "");
  }

  List<JsonObject> env() {
    return SubmittedPod.objects(json.getJsonArray("env", new JsonArray())).toList();
  }

  Optional<JsonObject> env(String name) {
    return env().stream().filter(variable -> name.equals(variable.getString("name"))).findFirst();
  }

  /** Whether it takes variables from a ConfigMap or Secret, which nobody can see here. */
  boolean hasUnseenEnv() {
    return !json.getJsonArray("envFrom", new JsonArray()).isEmpty();
  }

  List<JsonObject> volumeMounts() {
    return SubmittedPod.objects(json.getJsonArray("volumeMounts", new JsonArray())).toList();
  }

  boolean has(String field) {
    return json.getValue(field) != null;
  }
}

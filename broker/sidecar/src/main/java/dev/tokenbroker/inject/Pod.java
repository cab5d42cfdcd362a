package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A pod as it was submitted; fields that Kubernetes lets a user omit may be missing. */
record Pod(JsonObject json) {

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
      return objects(json.getJsonArray("env", new JsonArray())).toList();
    }

    Optional<JsonObject> env(String name) {
      return env().stream().filter(variable -> name.equals(variable.getString("name"))).findFirst();
    }

    /** Tells whether it takes variables from a ConfigMap or Secret, which nobody can see here. */
    boolean hasUnseenEnv() {
      return !json.getJsonArray("envFrom", new JsonArray()).isEmpty();
    }

    List<JsonObject> volumeMounts() {
      return objects(json.getJsonArray("volumeMounts", new JsonArray())).toList();
    }

    boolean has(String field) {
      return json.getValue(field) != null;
    }
  }

  Optional<String> label(String name) {
    return Optional.ofNullable(metadata("labels").getString(name));
  }

  Optional<String> annotation(String name) {
    return Optional.ofNullable(metadata("annotations").getString(name));
  }

  JsonObject annotations() {
    return metadata("annotations");
  }

  JsonObject spec() {
    return json.getJsonObject("spec", new JsonObject());
  }

  boolean hostNetwork() {
    return spec().getBoolean("hostNetwork", false);
  }

  boolean windows() {
    return "windows".equals(spec().getJsonObject("os", new JsonObject()).getString("name"));
  }

  List<Container> initContainers() {
    return containers("initContainers");
  }

  /** Every container, ordinary ones first. */
  Stream<Container> allContainers() {
    return Stream.concat(containers("containers").stream(), initContainers().stream());
  }

  boolean hasContainer(String name) {
    return allContainers().anyMatch(container -> container.name().equals(name));
  }

  boolean hasVolume(String name) {
    return objects(spec().getJsonArray("volumes", new JsonArray()))
        .anyMatch(volume -> name.equals(volume.getString("name")));
  }

  static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }

  private List<Container> containers(String field) {
    List<Container> containers = new ArrayList<>();
    JsonArray array = spec().getJsonArray(field, new JsonArray());
    for (int i = 0; i < array.size(); i++) {
      containers.add(new Container("/spec/" + field + "/" + i, array.getJsonObject(i)));
    }
    return containers;
  }

  private JsonObject metadata(String field) {
    return json.getJsonObject("metadata", new JsonObject()).getJsonObject(field, new JsonObject());
  }
}

package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** A JSON patch (RFC 6902) under construction. */
final class JsonPatch {

  private final JsonArray operations = new JsonArray();
  private final Set<String> created = new HashSet<>();

  void add(String path, Object value) {
    operations.add(new JsonObject().put("op", "add").put("path", path).put("value", value));
  }

  void remove(String path) {
    operations.add(new JsonObject().put("op", "remove").put("path", path));
  }

  /** Appends to an array that {@code exists}, or else is created by the first call for it. */
  void append(String array, boolean exists, Object value) {
    create(array, exists, new JsonArray());
    add(array + "/-", value);
  }

  /** Adds {@code empty} at a path once, unless something is there. */
  void create(String path, boolean exists, Object empty) {
    if (!exists && created.add(path)) {
      add(path, empty);
    }
  }

  boolean isEmpty() {
    return operations.isEmpty();
  }

  JsonArray toJson() {
    return operations;
  }

  /** A name as one step of a path (RFC 6901 section 3). */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

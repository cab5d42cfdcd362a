package dev.tokenbroker.inject;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Applies JSON patches (RFC 6902, add and remove) strictly: a path that is not there fails. */
final class Patches {

  private Patches() {}

  static JsonObject apply(JsonArray patch, JsonObject document) {
    JsonObject result = document.copy();
    for (Object operation : patch.copy()) {
      apply((JsonObject) operation, result);
    }
    return result;
  }

  private static void apply(JsonObject operation, JsonObject document) {
    String[] steps = operation.getString("path").substring(1).split("/");
    Object parent = document;
    for (int i = 0; i < steps.length - 1; i++) {
      parent = child(parent, unescaped(steps[i]));
    }
    String last = unescaped(steps[steps.length - 1]);
    switch (operation.getString("op")) {
      case "add" -> add(parent, last, operation.getValue("value"));
      case "remove" -> remove(parent, last);
      default -> throw new IllegalArgumentException(operation.encode());
    }
  }

  private static Object child(Object parent, String step) {
    Object child =
        parent instanceof JsonArray array
            ? array.getValue(Integer.parseInt(step))
            : ((JsonObject) parent).getValue(step);
    if (child == null) {
      throw new IllegalArgumentException("nothing at " + step);
    }
    return child;
  }

  private static void add(Object parent, String step, Object value) {
    if (!(parent instanceof JsonArray array)) {
      ((JsonObject) parent).put(step, value);
    } else if (step.equals("-")) {
      array.add(value);
    } else {
      array.getList().add(Integer.parseInt(step), value);
    }
  }

  private static void remove(Object parent, String step) {
    Object removed =
        parent instanceof JsonArray array
            ? array.remove(Integer.parseInt(step))
            : ((JsonObject) parent).remove(step);
    if (removed == null) {
      throw new IllegalArgumentException("nothing at " + step);
    }
  }

  private static String unescaped(String step) {
    return step.replace("~1", "/").replace("~0", "~");
  }
}

package dev.tokenbroker.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last few things that happened, the newest first. */
final class RecentEvents {

  static final int MAX = 40;

  private record Happened(Instant at, boolean bad, String text) {}

  private final Deque<Happened> events = new ArrayDeque<>();

  void good(Instant at, String text) {
    add(new Happened(at, false, text));
  }

  void bad(Instant at, String text) {
    add(new Happened(at, true, text));
  }

  private void add(Happened event) {
    if (events.size() == MAX) {
      events.removeLast();
    }
    events.addFirst(event);
  }

  JsonArray json() {
    JsonArray json = new JsonArray();
    for (Happened event : events) {
      json.add(
          new JsonObject()
              .put("at", event.at().toString())
              .put("level", event.bad() ? "warning" : "info")
              .put("text", event.text()));
    }
    return json;
  }
}

package dev.tokenbroker.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters by which requests named an identity although no endpoint documents them, for as
 * long as the process lives. Callers choose the names, so their number is limited.
 */
final class UnknownSelectors {

  /** More names than these are no mistake but an attempt. */
  static final int MAX_NAMES = 16;

  private static final class Seen {
    long requests;
    Instant lastAt = Instant.EPOCH;
  }

  private final Map<String, Seen> byName = new LinkedHashMap<>();

  /** Counts a request; returns whether it is the first with this name. */
  boolean add(String name, Instant now) {
    Seen known = byName.get(name);
    boolean isNew = known == null && byName.size() < MAX_NAMES;
    Seen seen = isNew ? new Seen() : known;
    if (seen == null) {
      return false;
    }
    if (isNew) {
      byName.put(name, seen);
    }
    seen.requests++;
    seen.lastAt = now;
    return isNew;
  }

  JsonArray json() {
    JsonArray json = new JsonArray();
    byName.forEach(
        (name, seen) ->
            json.add(
                new JsonObject()
                    .put("name", name)
                    .put("requests", seen.requests)
                    .put("lastAt", seen.lastAt.toString())));
    return json;
  }
}

package dev.tokenbroker.admin;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * The life of a token that is held; the token itself is not in here.
 *
 * @param issuedAt when it was asked for
 * @param refreshAt from when on it is renewed
 * @param expiresAt when it ends
 */
record TokenLifetime(Instant issuedAt, Instant refreshAt, Instant expiresAt) {

  void putInto(JsonObject json) {
    json.put("issuedAt", issuedAt.toString())
        .put("refreshAt", refreshAt.toString())
        .put("expiresAt", expiresAt.toString());
  }
}

package dev.tokenbroker.inject;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Whole answers in one write. */
final class WebhookResponses {

  private WebhookResponses() {}

  static void json(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.toBuffer());
  }

  static void text(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(body + "\n");
  }

  static void metrics(HttpServerRequest request, String body) {
    request.response().putHeader("Content-Type", "text/plain; version=0.0.4").end(body);
  }
}

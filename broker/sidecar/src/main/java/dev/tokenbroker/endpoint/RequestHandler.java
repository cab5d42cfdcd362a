package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpServerRequest;

/** Answers the requests for a path. */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Answers a request that has passed the guard.
   *
   * @param target what the request line asks for
   * @param body the body, as sent; empty if there was none
   */
  void handle(HttpServerRequest request, RequestTarget target, String body);
}

package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpServerRequest;

/** What answers on a path. */
@FunctionalInterface
interface Route {

  /**
   * Answers a request that has passed the guard.
   *
   * @param path the cleaned path, its case as sent
   * @param query the query, as sent
   * @param body the body, as sent; empty if there was none
   */
  void handle(HttpServerRequest request, String path, String query, String body);
}

package dev.tokenbroker.listener;

import io.vertx.core.http.HttpServerRequest;

/** Answers, in the form of an endpoint, what the server cannot take, and closes the connection. */
@FunctionalInterface
public interface Refuser {

  /** Refuses this request. */
  void refuse(HttpServerRequest request, Misfit why);
}

package dev.tokenbroker.endpoint;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * One way in which Azure clients ask for a token. Dialects differ in path, method and in how a
 * caller is authenticated; the parameters and the answers are the same for all.
 */
interface Dialect {

  /** A short constant that labels meters. */
  String name();

  /**
   * {@code GET}: the parameters are the query. {@code POST}: they are the form, if there is one.
   */
  List<HttpMethod> methods();

  /** Tells by the headers whether a request is in this dialect, where several share a path. */
  default boolean matches(HttpServerRequest request) {
    return true;
  }

  /**
   * Checks for what a request forged through somebody else could not carry.
   *
   * @return the error if it is missing; decided by the headers alone, at once
   */
  Optional<ErrorResponse> authenticate(HttpServerRequest request);
}

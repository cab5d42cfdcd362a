package dev.tokenbroker.endpoint;

import io.vertx.core.buffer.Buffer;

/** Renders the body of an error, as JSON, and may choose another status for it. */
@FunctionalInterface
public interface ErrorFormat {

  Buffer body(ErrorResponse error);

  default int status(ErrorResponse error) {
    return error.status();
  }
}

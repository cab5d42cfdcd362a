package dev.tokenbroker.endpoint;

import io.vertx.core.buffer.Buffer;

/** How a refusal looks to the clients of a listener; always JSON. */
@FunctionalInterface
public interface ErrorFormat {

  Buffer body(ErrorResponse refusal);

  default int status(ErrorResponse refusal) {
    return refusal.status();
  }
}

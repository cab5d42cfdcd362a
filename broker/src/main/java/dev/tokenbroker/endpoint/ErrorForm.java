package dev.tokenbroker.endpoint;

import io.vertx.core.buffer.Buffer;

/** How a refusal looks to the clients of a listener; always JSON. */
@FunctionalInterface
interface ErrorForm {

  Buffer body(Refusal refusal);

  default int status(Refusal refusal) {
    return refusal.status();
  }
}

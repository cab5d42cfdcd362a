package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.buffer.Buffer;

/** Renders the body of a response that carries a token. */
@FunctionalInterface
public interface TokenFormat {

  /**
   * The body to send now. The buffer may be shared: nobody may change it.
   *
   * @param resource as the caller named it
   */
  Buffer of(TokenKey key, AccessToken token, String resource);
}

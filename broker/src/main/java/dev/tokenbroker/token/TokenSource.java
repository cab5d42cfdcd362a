package dev.tokenbroker.token;

import io.vertx.core.Future;

/**
 * Answers one question: the token for a key. The cache, the retries and the exchange all are one.
 */
@FunctionalInterface
public interface TokenSource {

  /**
   * Gets a token that is valid now.
   *
   * <p>Called on the broker's event loop, and the future completes on it. It never blocks.
   *
   * @return the token; a failed future always carries a {@link TokenException}
   */
  Future<AccessToken> token(TokenKey key);
}

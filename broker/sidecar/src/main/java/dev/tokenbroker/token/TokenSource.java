package dev.tokenbroker.token;

import io.vertx.core.Future;
import java.util.function.Predicate;

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
   * @return the token; a failed future always carries a {@link TokenFailureException}
   */
  Future<AccessToken> token(TokenKey key);

  /**
   * Gets a token that is valid now and is none of the revoked ones. A source that holds no tokens
   * has nothing to pass over.
   *
   * @param revoked tells a token that the resource has turned away
   */
  default Future<AccessToken> tokenInsteadOf(TokenKey key, Predicate<AccessToken> revoked) {
    return token(key);
  }
}

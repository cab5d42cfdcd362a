package dev.tokenbroker.dev;

import dev.tokenbroker.assembly.TokenUpstream;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Future;

/** The developer's az behind the cache. It retries by itself, and spares nobody by resting. */
record AzUpstream(AzTokenSource az) implements TokenUpstream {

  @Override
  public Future<AccessToken> token(TokenKey key) {
    return az.token(key);
  }

  @Override
  public boolean isResting() {
    return false;
  }

  @Override
  public void announce() {
    az.announce();
  }

  @Override
  public void close() {
    az.close();
  }
}

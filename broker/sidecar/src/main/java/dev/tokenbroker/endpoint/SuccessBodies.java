package dev.tokenbroker.endpoint;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.util.BoundedMap;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;

/** Keeps the bodies of the tokens asked for most recently, so that serving one renders nothing. */
public final class SuccessBodies implements TokenBodies {

  /** A body is 2 to 4 KB, held about twice: at most half a megabyte. */
  static final int MAX = 64;

  private final Clock clock;
  private final Map<TokenKey, SuccessBody> bodies = BoundedMap.leastRecentlyUsed(MAX);

  public SuccessBodies(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Buffer of(TokenKey key, AccessToken token, String resource) {
    SuccessBody body = bodies.get(key);
    if (body == null || !body.isFor(token, resource)) {
      body = new SuccessBody(token, key.clientId(), resource, clock.instant());
      bodies.put(key, body);
    }
    return body.at(clock.millis());
  }
}

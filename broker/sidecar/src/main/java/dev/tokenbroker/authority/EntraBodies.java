package dev.tokenbroker.authority;

import dev.tokenbroker.endpoint.TokenBodies;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;

/**
 * Tokens as Entra's v2.0 endpoint hands them out, times in numbers. The v1 endpoint writes what
 * managed identities get, all in strings.
 *
 * <p>Source: Microsoft identity platform, "Successful response" of the client credentials flow.
 */
final class EntraBodies implements TokenBodies {

  private final Clock clock;

  EntraBodies(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Buffer of(TokenKey key, AccessToken token, String resource) {
    long left = token.expiresIn(clock.millis());
    return new JsonObject()
        .put("token_type", "Bearer")
        .put("expires_in", left)
        .put("ext_expires_in", left)
        .put("access_token", token.value())
        .toBuffer();
  }
}

package dev.tokenbroker.admin;

import dev.tokenbroker.token.TokenKey;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one key.
 *
 * @param identity the identity's name in the configuration, or its client id
 * @param life of the token held last
 * @param trouble the failure since then
 */
record TokenStatus(
    TokenKey key, String identity, Optional<TokenLifetime> life, Optional<LastFailure> trouble) {

  static TokenStatus of(TokenKey key, String identity) {
    return new TokenStatus(key, identity, Optional.empty(), Optional.empty());
  }

  TokenStatus exchanged(TokenLifetime newLife) {
    return new TokenStatus(key, identity, Optional.of(newLife), Optional.empty());
  }

  TokenStatus failed(LastFailure newTrouble) {
    LastFailure last = trouble.map(earlier -> earlier.then(newTrouble)).orElse(newTrouble);
    return new TokenStatus(key, identity, life, Optional.of(last));
  }

  /**
   * {@code valid}; {@code stale}: valid, but its renewal fails; {@code refused}: there is none and
   * the exchange fails; {@code expired}: nobody asked for it any more; {@code waiting}: the first
   * exchange is under way.
   */
  String stateAt(Instant now) {
    if (life.filter(held -> now.isBefore(held.expiresAt())).isPresent()) {
      return trouble.isPresent() ? "stale" : "valid";
    }
    if (trouble.isPresent()) {
      return "refused";
    }
    return life.isPresent() ? "expired" : "waiting";
  }

  JsonObject json(Instant now) {
    JsonObject json =
        new JsonObject()
            .put("identity", identity)
            .put("clientId", key.clientId())
            .put("tenant", key.tenant())
            .put("scope", key.scope())
            .put("state", stateAt(now));
    life.ifPresent(held -> held.putInto(json));
    trouble.ifPresent(last -> json.put("trouble", last.json(now)));
    return json;
  }
}

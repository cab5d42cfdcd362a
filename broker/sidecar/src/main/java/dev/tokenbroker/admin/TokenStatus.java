package dev.tokenbroker.admin;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The status of one key; the token itself is not in here.
 *
 * @param identity the identity's name in the configuration, or its client id
 * @param lifetime that of the token held last
 * @param lastFailure the failure since then
 */
record TokenStatus(
    TokenKey key, String identity, Optional<Lifetime> lifetime, Optional<LastFailure> lastFailure) {

  /**
   * The lifetime of a token.
   *
   * @param issuedAt when it was asked for
   * @param refreshAt from when on it is renewed
   * @param expiresAt when it ends
   */
  record Lifetime(Instant issuedAt, Instant refreshAt, Instant expiresAt) {

    static Lifetime of(CacheEvent.Exchanged exchanged) {
      return new Lifetime(
          exchanged.token().issuedAt(), exchanged.refreshAt(), exchanged.token().expiresAt());
    }

    void putInto(JsonObject json) {
      json.put("issuedAt", issuedAt.toString())
          .put("refreshAt", refreshAt.toString())
          .put("expiresAt", expiresAt.toString());
    }
  }

  /**
   * The last failure of an exchange.
   *
   * @param at when it happened
   * @param retryAt when Entra is asked again, at the earliest
   * @param failure the failure; its texts hold no token
   */
  record LastFailure(Instant at, Instant retryAt, TokenFailure failure) {

    /** A failure to ask tells less than what Entra answered before, which therefore stays. */
    LastFailure then(LastFailure next) {
      return next.failure instanceof TokenFailure.NotAsked
          ? new LastFailure(at, next.retryAt, failure)
          : next;
    }

    /** As a caller would be told it now: in as many seconds as {@code retryAt} is away. */
    JsonObject json(Instant now) {
      TokenFailure told = failure.retryingIn(Duration.between(now, retryAt));
      JsonObject json =
          new JsonObject()
              .put("at", at.toString())
              .put("retryAt", retryAt.toString())
              .put("kind", failure.kind().label())
              .put("message", told.message());
      if (failure instanceof TokenFailure.Rejected rejected) {
        json.put("fix", rejected.remedy().map(Remedy::words).orElse(""))
            .put("command", rejected.remedy().flatMap(Remedy::command).orElse(""))
            .put("aadsts", rejected.aadsts())
            .put("correlationId", rejected.correlationId());
      }
      return json;
    }
  }

  static TokenStatus of(TokenKey key, String identity) {
    return new TokenStatus(key, identity, Optional.empty(), Optional.empty());
  }

  TokenStatus exchanged(CacheEvent.Exchanged event) {
    return new TokenStatus(key, identity, Optional.of(Lifetime.of(event)), Optional.empty());
  }

  TokenStatus failed(CacheEvent.ExchangeFailed event, Instant now) {
    LastFailure next = new LastFailure(now, event.retryAt(), event.failure());
    return new TokenStatus(
        key,
        identity,
        lifetime,
        Optional.of(lastFailure.map(earlier -> earlier.then(next)).orElse(next)));
  }

  /**
   * {@code valid}; {@code stale}: valid, but its renewal fails; {@code refused}: there is none and
   * the exchange fails; {@code expired}: nobody asked for it any more; {@code waiting}: the first
   * exchange is under way.
   */
  String stateAt(Instant now) {
    if (lifetime.filter(held -> now.isBefore(held.expiresAt())).isPresent()) {
      return lastFailure.isPresent() ? "stale" : "valid";
    }
    if (lastFailure.isPresent()) {
      return "refused";
    }
    return lifetime.isPresent() ? "expired" : "waiting";
  }

  JsonObject json(Instant now) {
    JsonObject json =
        new JsonObject()
            .put("identity", identity)
            .put("clientId", key.clientId())
            .put("tenant", key.tenant())
            .put("scope", key.scope())
            .put("state", stateAt(now));
    lifetime.ifPresent(held -> held.putInto(json));
    lastFailure.ifPresent(last -> json.put("trouble", last.json(now)));
    return json;
  }
}

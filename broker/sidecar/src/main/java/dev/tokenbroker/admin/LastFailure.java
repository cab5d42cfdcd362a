package dev.tokenbroker.admin;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * The last failure of an exchange.
 *
 * @param at when it happened
 * @param retryAt when Entra is asked again, at the earliest
 * @param failure what it was; its texts hold no token
 */
record LastFailure(Instant at, Instant retryAt, TokenFailure failure) {

  static LastFailure of(CacheEvent.ExchangeFailed failed, Instant now) {
    return new LastFailure(now, failed.retryAt(), failed.failure());
  }

  /** What Entra was not even asked says less than what it said before. */
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

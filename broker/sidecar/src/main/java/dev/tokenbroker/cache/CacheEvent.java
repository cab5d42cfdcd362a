package dev.tokenbroker.cache;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import java.time.Instant;

/** Something the cache did; metrics, readiness, logs and learned identities live on these. */
public sealed interface CacheEvent {

  TokenKey key();

  /** A caller found no valid token, or one about to end, and now waits for the shared flight. */
  record Waited(TokenKey key) implements CacheEvent {}

  /** A caller got the token that is held, whose renewal has failed so far. */
  record ServedDuringFailure(TokenKey key) implements CacheEvent {}

  /**
   * An exchange brought a token.
   *
   * @param refreshAt from when on it is renewed
   */
  record Exchanged(TokenKey key, AccessToken token, Instant refreshAt, Duration took)
      implements CacheEvent {}

  /**
   * An exchange failed.
   *
   * @param retryAt when the cache will ask again, at the earliest
   * @param stillServing whether a valid token is held, so that no caller notices
   */
  record ExchangeFailed(
      TokenKey key, TokenFailure failure, Duration took, Instant retryAt, boolean stillServing)
      implements CacheEvent {}

  /** A caller was turned away: too many new tokens are asked for. */
  record Limited(TokenKey key, TokenFailure failure) implements CacheEvent {}

  /** The entry left: idle, expired, or the least wanted when the cache was full. */
  record Dropped(TokenKey key) implements CacheEvent {}
}

package dev.tokenbroker.cache;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of one key in the cache. Each state is a record, each transition makes a new one:
 *
 * <pre>
 *            ask                exchanged             due, wanted
 *   Empty ────────▶ Fetching ─────────────▶ Held ──────────────────▶ Refreshing
 *                    │    ▲                  ▲                        │     ▲
 *             failed ▼    │ due              └──────── exchanged ─────┤     │ due
 *                   Failed                                     failed ▼     │
 *                                                                    Stale ─┘
 * </pre>
 *
 * A token is served by its own expiry, whatever the state: Held, Refreshing and Stale all serve
 * until then, and none of them serves after.
 */
sealed interface EntryState {

  Duration YOUNGEST_REPLACED = Duration.ofSeconds(5);

  /** The token held, valid or not. */
  default @Nullable AccessToken token() {
    return null;
  }

  /** How many exchanges in a row have failed. */
  default int failures() {
    return 0;
  }

  /** Whether an exchange is under way. */
  default boolean inFlight() {
    return false;
  }

  /** Whether it is time for an exchange, and none is under way. */
  boolean isDueAt(Instant now);

  /** The failure to tell a caller who meets no valid token and no exchange under way. */
  default TokenFailure failureAt(Instant now) {
    return new TokenFailure.Unavailable("No token yet", Optional.empty());
  }

  /** Whether a valid token is held at {@code now}. */
  default boolean servesAt(Instant now) {
    AccessToken token = token();
    return token != null && token.isValidAt(now);
  }

  /**
   * Whether the token held is revoked and worth replacing. One that has just come is not: Entra
   * would give the same answer, and a caller in a loop would cost an exchange each time. While a
   * back-off runs there is nothing better to be had.
   */
  default boolean isRevokedAt(Instant now, Predicate<AccessToken> revoked) {
    AccessToken token = token();
    return token != null
        && revoked.test(token)
        && !now.isBefore(token.issuedAt().plus(YOUNGEST_REPLACED))
        && (inFlight() || failures() == 0 || isDueAt(now));
  }

  /** An exchange starts. */
  default EntryState started() {
    AccessToken token = token();
    return token == null ? new Fetching(failures()) : new Refreshing(token, failures());
  }

  /** The exchange brought a token. */
  default EntryState exchanged(AccessToken token, Instant refreshAt) {
    return new Held(token, refreshAt);
  }

  /** The exchange failed; a token that is held stays held. */
  default EntryState failed(TokenFailure failure, Instant retryAt) {
    AccessToken token = token();
    return token == null
        ? new Failed(failure, failuresWith(failure), retryAt)
        : new Stale(token, failure, failuresWith(failure), retryAt);
  }

  /** What was not asked of Entra makes no later pause longer. */
  private int failuresWith(TokenFailure failure) {
    return failure instanceof TokenFailure.NotAsked ? Math.max(1, failures()) : failures() + 1;
  }

  /** Never asked of Entra. */
  record Empty() implements EntryState {

    @Override
    public boolean isDueAt(Instant now) {
      return true;
    }
  }

  /** No token; an exchange is under way. */
  record Fetching(int failures) implements EntryState {

    @Override
    public boolean inFlight() {
      return true;
    }

    @Override
    public boolean isDueAt(Instant now) {
      return false;
    }
  }

  /** A token, to be renewed from {@code refreshAt} on. */
  record Held(AccessToken token, Instant refreshAt) implements EntryState {

    @Override
    public boolean isDueAt(Instant now) {
      return !now.isBefore(refreshAt) || !token.isValidAt(now);
    }
  }

  /** A token; its renewal is under way. */
  record Refreshing(AccessToken token, int failures) implements EntryState {

    @Override
    public boolean inFlight() {
      return true;
    }

    @Override
    public boolean isDueAt(Instant now) {
      return false;
    }
  }

  /** A token whose renewal failed. */
  record Stale(AccessToken token, TokenFailure failure, int failures, Instant retryAt)
      implements EntryState {

    @Override
    public boolean isDueAt(Instant now) {
      return !now.isBefore(retryAt);
    }

    @Override
    public TokenFailure failureAt(Instant now) {
      return failure.retryingIn(Duration.between(now, retryAt));
    }
  }

  /** No token, and the reason why; remembered until {@code retryAt}. */
  record Failed(TokenFailure failure, int failures, Instant retryAt) implements EntryState {

    @Override
    public boolean isDueAt(Instant now) {
      return !now.isBefore(retryAt);
    }

    @Override
    public TokenFailure failureAt(Instant now) {
      return failure.retryingIn(Duration.between(now, retryAt));
    }
  }
}

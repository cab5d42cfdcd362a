package dev.tokenbroker.admin;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CacheListener;
import dev.tokenbroker.token.TokenKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the broker can do its work, known from what has happened: asking costs nothing and calls
 * nobody. Confined to the event loop.
 */
public final class Readiness implements CacheListener {

  private final Clock wallClock;
  private final Set<TokenKey> awaited = new LinkedHashSet<>();
  private String tokenFileProblem = "The federated token file has not been read yet";
  private Instant tokenFileExpiry = Instant.MIN;
  private boolean started;
  private boolean draining;

  /**
   * Nothing is ready yet.
   *
   * @param wallClock what the claims of the federated token are held against
   */
  public Readiness(Clock wallClock) {
    this.wallClock = wallClock;
  }

  /** These keys must have been exchanged once before the broker is ready. */
  public void await(Collection<TokenKey> keys) {
    awaited.addAll(keys);
  }

  /** The federated token file was read and can be used. */
  public void tokenFileUsable(Instant expiresAt) {
    tokenFileExpiry = expiresAt;
    tokenFileProblem = "";
  }

  /** The federated token file cannot be used. */
  public void tokenFileUnusable(String problem) {
    tokenFileProblem = problem;
  }

  /** From now on no new caller should be sent here. */
  public void draining() {
    draining = true;
  }

  @Override
  public void on(CacheEvent event) {
    if (event instanceof CacheEvent.Exchanged && !awaited.isEmpty()) {
      awaited.remove(event.key());
    }
  }

  /** Why the broker is not ready; empty if it is. */
  Optional<String> obstacle() {
    if (draining) {
      return Optional.of("Shutting down");
    }
    if (!tokenFileProblem.isEmpty()) {
      return Optional.of(tokenFileProblem);
    }
    if (!wallClock.instant().isBefore(tokenFileExpiry)) {
      return Optional.of("The federated token expired at " + tokenFileExpiry);
    }
    if (!awaited.isEmpty()) {
      TokenKey key = awaited.iterator().next();
      return Optional.of(
          "Waiting for the first token for " + key.scope() + " as " + key.clientId());
    }
    started = true;
    return Optional.empty();
  }

  /** Why the broker has not started yet; empty for good once it has. */
  Optional<String> startObstacle() {
    return started ? Optional.empty() : obstacle();
  }
}

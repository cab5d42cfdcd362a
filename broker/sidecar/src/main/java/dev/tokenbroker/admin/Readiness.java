package dev.tokenbroker.admin;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CacheObserver;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells whether the broker can serve tokens, from the events so far: a probe costs nothing and
 * calls nobody. Confined to the event loop.
 */
public final class Readiness implements CacheObserver {

  private final Clock wallClock;
  private final Optional<TokenFileState> tokenFile;

  /** With what became of the last try; empty before it. */
  private final Map<TokenKey, String> awaited = new LinkedHashMap<>();

  private Supplier<Optional<String>> threads = Optional::empty;
  private boolean started;
  private boolean draining;

  /**
   * Creates a readiness that waits for its token file.
   *
   * @param wallClock what the claims of the federated token are held against
   * @param tokenFile the state of the federated token file; empty if tokens are had without one
   */
  public Readiness(Clock wallClock, Optional<TokenFileState> tokenFile) {
    this.wallClock = wallClock;
    this.tokenFile = tokenFile;
  }

  /** These keys must have been exchanged once before the broker is ready. */
  public void await(Collection<TokenKey> keys) {
    keys.forEach(key -> awaited.put(key, ""));
  }

  /**
   * Adds a further condition.
   *
   * @param obstacle why threads that do not come back keep the broker from its work
   */
  public void watchThreads(Supplier<Optional<String>> obstacle) {
    threads = obstacle;
  }

  /** From now on no new caller should be sent here. */
  public void draining() {
    draining = true;
  }

  @Override
  public void on(CacheEvent event) {
    if (awaited.isEmpty()) {
      return;
    }
    if (event instanceof CacheEvent.Exchanged) {
      awaited.remove(event.key());
    } else if (event instanceof CacheEvent.ExchangeFailed failed) {
      awaited.replace(event.key(), "; last: " + brief(failed.failure()));
    }
  }

  /** What Entra said in full stays in the log: it names issuer and subject, and any pod may ask. */
  private static String brief(TokenFailure failure) {
    if (failure instanceof TokenFailure.Rejected rejected) {
      return rejected.aadsts() == 0 ? rejected.error() : "AADSTS" + rejected.aadsts();
    }
    return failure.message();
  }

  /** Tells why the broker is not ready; empty if it is. */
  public Optional<String> obstacle() {
    if (draining) {
      return Optional.of("Shutting down");
    }
    Optional<String> stuck = threads.get();
    if (stuck.isPresent()) {
      return stuck;
    }
    Optional<String> unusable = tokenFile.flatMap(file -> file.obstacleAt(wallClock.instant()));
    if (unusable.isPresent()) {
      return unusable;
    }
    if (!awaited.isEmpty()) {
      Map.Entry<TokenKey, String> next = awaited.entrySet().iterator().next();
      TokenKey key = next.getKey();
      return Optional.of(
          "Waiting for the first token for "
              + key.scope()
              + " as "
              + key.clientId()
              + next.getValue());
    }
    started = true;
    return Optional.empty();
  }

  /** Tells why the broker has not started yet; empty for good once it has. */
  Optional<String> startObstacle() {
    return started ? Optional.empty() : obstacle();
  }
}

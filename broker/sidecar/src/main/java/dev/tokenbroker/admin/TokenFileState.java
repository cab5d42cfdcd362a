package dev.tokenbroker.admin;

import dev.tokenbroker.assertion.FederatedClaims;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The federated token file as it was last read: the only memory of it, shared by readiness, metrics
 * and status. Confined to the event loop.
 */
public final class TokenFileState {

  private static final String UNREAD = "The federated token file has not been read yet";

  private final List<Consumer<Optional<String>>> listeners = new ArrayList<>();
  private Optional<FederatedClaims> claims = Optional.empty();
  private Optional<String> problem = Optional.empty();

  /**
   * Registers a listener that is called when the file's problem changes: with the new problem, or
   * with nothing when the file can be used again.
   */
  public void onChange(Consumer<Optional<String>> listener) {
    listeners.add(listener);
  }

  /** Takes the claims of a token that can be used. */
  public void usable(FederatedClaims read) {
    claims = Optional.of(read);
    update(Optional.empty());
  }

  /** Takes why the file cannot be used. */
  public void unusable(String why) {
    update(Optional.of(why));
  }

  private void update(Optional<String> now) {
    boolean changed = !problem.equals(now);
    problem = now;
    if (changed) {
      listeners.forEach(each -> each.accept(now));
    }
  }

  /** The claims that were read last, also when the file can no longer be used. */
  public Optional<FederatedClaims> claims() {
    return claims;
  }

  /** Tells why the file was unusable when last read; empty if it was usable, or is unread. */
  Optional<String> problem() {
    return problem;
  }

  /** The end of the token in the file; empty if it cannot be used or is unread. */
  Optional<Instant> expiry() {
    return problem.isPresent() ? Optional.empty() : claims.map(FederatedClaims::expiresAt);
  }

  /** Tells why the file is unusable at a time: unread, a problem, or expired; empty if usable. */
  Optional<String> obstacleAt(Instant now) {
    if (problem.isPresent()) {
      return problem;
    }
    return claims.isEmpty()
        ? Optional.of(UNREAD)
        : expiry()
            .filter(end -> !now.isBefore(end))
            .map(end -> "The federated token expired at " + end);
  }
}

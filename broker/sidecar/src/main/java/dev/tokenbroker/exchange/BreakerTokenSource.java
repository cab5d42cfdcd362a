package dev.tokenbroker.exchange;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Reach;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Leaves alone what does not answer: the authority, if exchanges end in silence, and each identity
 * that Entra throttles or fails for, so that one identity's trouble never stops another's
 * exchanges. See {@link Breaker}.
 *
 * <p>Where it stops what just failed, the failure says for how long in {@code retryAfter}: the
 * cache, the caller's {@code Retry-After} and the status page so give the same time.
 */
public final class BreakerTokenSource implements TokenSource {

  /** So many exchanges without an answer in a row stop all. */
  static final int THRESHOLD = 5;

  private final TokenSource upstream;
  private final Predicate<TokenKey> configured;
  private final Clock clock;
  private final RandomGenerator random;
  private final Circuit authority =
      new Circuit(THRESHOLD, "Entra has not answered several times in a row");
  private final IdentityCircuits identities = new IdentityCircuits();

  /** An exchange that was admitted, and what it probes. */
  private record Attempt(TokenKey key, boolean probesAuthority, boolean probesIdentity) {}

  /**
   * In front of another source, and closed.
   *
   * @param configured the keys that the operator named: a probe is theirs first
   */
  public BreakerTokenSource(
      TokenSource upstream, Predicate<TokenKey> configured, Clock clock, RandomGenerator random) {
    this.upstream = upstream;
    this.configured = configured;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    Instant now = clock.instant();
    @Nullable Circuit identity = identities.of(key);
    if (!authority.admits(now, configured.test(key))) {
      return refused(authority, key, now);
    }
    if (identity != null && !identity.admits(now, configured.test(key))) {
      return refused(identity, key, now);
    }
    Attempt attempt =
        new Attempt(key, authority.start(now), identity != null && identity.start(now));
    return ask(key)
        .onSuccess(token -> answered(key))
        .recover(
            error ->
                Future.failedFuture(
                    new TokenFailureException(
                        learn(attempt, TokenFailureException.failureOf(error)))));
  }

  /** A probe must end: an exchange that throws is one that failed. */
  private Future<AccessToken> ask(TokenKey key) {
    try {
      return upstream.token(key);
    } catch (Throwable e) {
      return Future.failedFuture(e);
    }
  }

  private Future<AccessToken> refused(Circuit circuit, TokenKey key, Instant now) {
    return Future.failedFuture(
        new TokenFailureException(circuit.refuse(now, configured.test(key))));
  }

  /** Whether exchanges fail at once for now because the authority does not answer. */
  public boolean isOpen() {
    return authority.isOpen();
  }

  /** How many identities have trouble of their own. */
  int troubledIdentities() {
    return identities.size();
  }

  private void answered(TokenKey key) {
    authority.answered();
    identities.answered(key);
  }

  /** Draws the conclusions, and returns the failure with the pause that follows from them. */
  private TokenFailure learn(Attempt attempt, TokenFailure failure) {
    Instant now = clock.instant();
    Optional<Circuit> identity = Optional.ofNullable(identities.of(attempt.key));
    switch (failure.reach()) {
      case REQUEST -> answered(attempt.key);
      case IDENTITY -> {
        authority.answered();
        identities
            .remember(attempt.key)
            .failed(now, failure, attempt.probesIdentity, random.nextDouble());
      }
      case AUTHORITY -> {
        authority.failed(now, failure, attempt.probesAuthority, random.nextDouble());
        identity.ifPresent(circuit -> circuit.unknown(now, attempt.probesIdentity));
      }
      case UNKNOWN -> {
        authority.unknown(now, attempt.probesAuthority);
        identity.ifPresent(circuit -> circuit.unknown(now, attempt.probesIdentity));
      }
    }
    Duration wait = waitAfter(attempt.key, failure, now);
    return wait.isZero() ? failure : failure.retryingIn(wait);
  }

  /** Of the breakers' pauses and of what Entra asked for, the longest; zero if there is none. */
  private Duration waitAfter(TokenKey key, TokenFailure failure, Instant now) {
    if (failure.reach() == Reach.UNKNOWN) {
      return Duration.ZERO;
    }
    Circuit circuit = identities.of(key);
    Duration left =
        longer(authority.leftAt(now), circuit == null ? Duration.ZERO : circuit.leftAt(now));
    return failure.reach() == Reach.IDENTITY
        ? left
        : failure
            .retryAfter()
            .map(asked -> longer(left, Breaker.obeyed(asked, random.nextDouble())))
            .orElse(left);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

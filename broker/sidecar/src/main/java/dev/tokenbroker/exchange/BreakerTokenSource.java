package dev.tokenbroker.exchange;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Reach;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import dev.tokenbroker.util.BoundedMap;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Leaves alone what does not answer: the authority, if exchanges end in silence, and each identity
 * that Entra throttles or fails for, so that one identity's trouble never stops another's
 * exchanges. See {@link BreakerState}.
 *
 * <p>Where it stops what just failed, the failure says for how long in {@code retryAfter}: the
 * cache, the caller's {@code Retry-After} and the status page so give the same time.
 */
public final class BreakerTokenSource implements TokenSource {

  /** So many failures in a row open a breaker. */
  static final int THRESHOLD = 5;

  /** So many identities in trouble are remembered. */
  static final int MOST_IDENTITIES = 256;

  private final TokenSource upstream;
  private final Predicate<TokenKey> configured;
  private final Clock clock;
  private final RandomGenerator random;
  private final CircuitBreaker authority =
      new CircuitBreaker(THRESHOLD, "Entra has not answered several times in a row");
  private final IdentityBreakers identities = new IdentityBreakers();

  /** An exchange that was admitted, and what it probes. */
  private record Attempt(TokenKey key, boolean probesAuthority, boolean probesIdentity) {}

  /**
   * A source in front of another one, with every breaker closed.
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
    @Nullable CircuitBreaker identity = identities.of(key);
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

  private Future<AccessToken> refused(CircuitBreaker breaker, TokenKey key, Instant now) {
    return Future.failedFuture(
        new TokenFailureException(breaker.refuse(now, configured.test(key))));
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
    Optional<CircuitBreaker> identity = Optional.ofNullable(identities.of(attempt.key));
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
        identity.ifPresent(breaker -> breaker.unknown(now, attempt.probesIdentity));
      }
      case UNKNOWN -> {
        authority.unknown(now, attempt.probesAuthority);
        identity.ifPresent(breaker -> breaker.unknown(now, attempt.probesIdentity));
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
    CircuitBreaker breaker = identities.of(key);
    Duration left =
        longer(authority.leftAt(now), breaker == null ? Duration.ZERO : breaker.leftAt(now));
    return failure.reach() == Reach.IDENTITY
        ? left
        : failure
            .retryAfter()
            .map(asked -> longer(left, BreakerState.obeyed(asked, random.nextDouble())))
            .orElse(left);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * A breaker for each identity in trouble. Bounded, since a caller can invent client ids: the
   * identity whose trouble began first is forgotten first, and then merely asked for again.
   */
  private static final class IdentityBreakers {

    /** Entra throttles and fails by application and tenant. */
    private record Identity(String tenant, String clientId) {

      static Identity of(TokenKey key) {
        return new Identity(key.tenant(), key.clientId());
      }
    }

    private final Map<Identity, CircuitBreaker> troubled =
        BoundedMap.firstInFirstOut(MOST_IDENTITIES);

    /** The breaker of the key's identity; null if that has no trouble. */
    @Nullable CircuitBreaker of(TokenKey key) {
      return troubled.get(Identity.of(key));
    }

    /** The breaker of the key's identity, from now on remembered. */
    CircuitBreaker remember(TokenKey key) {
      return troubled.computeIfAbsent(
          Identity.of(key),
          identity ->
              new CircuitBreaker(
                  THRESHOLD, "Entra does not serve client id " + identity.clientId() + " for now"));
    }

    /** An exchange of the key's identity was answered. */
    void answered(TokenKey key) {
      troubled.remove(Identity.of(key));
    }

    int size() {
      return troubled.size();
    }
  }
}

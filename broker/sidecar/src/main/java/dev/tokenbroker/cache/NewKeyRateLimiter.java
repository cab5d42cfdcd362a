package dev.tokenbroker.cache;

import dev.tokenbroker.token.TokenFailure.NotAsked;
import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Limits how many tokens that are neither configured nor held are requested of Entra: a burst, then
 * so many a minute, for each configured client id, and as much for all other client ids together.
 * An app that asks for ever new resources so costs Entra little, and other identities nothing.
 *
 * <p>Callers cannot be told apart, but keys can: part of the allowance is kept for keys that were
 * turned away and come back after {@code Retry-After}. A key that is in real use does; one that was
 * invented for a single request does not.
 *
 * <p>Confined to the event loop.
 */
public final class NewKeyRateLimiter {

  /** For keys that come for the first time: more than the resources of any app known to us. */
  static final int BURST = 40;

  /** For keys that come back. */
  static final int BURST_BACK = 10;

  /** Each of the two is filled at this rate. */
  static final double PER_SECOND = 0.5;

  private static final int PER_MINUTE = (int) (2 * 60 * PER_SECOND);

  /** The allowance of one client id, or of all that are unknown. */
  private static final class Share {

    private final TokenBucket first = new TokenBucket(BURST, PER_SECOND);
    private final TokenBucket back = new TokenBucket(BURST_BACK, PER_SECOND);
    private final NotAsked failure;

    Share(String who) {
      failure =
          new NotAsked(
              "Too many new tokens are asked for as "
                  + who
                  + ": the broker asks Entra for "
                  + (BURST + BURST_BACK)
                  + " at once, then for "
                  + PER_MINUTE
                  + " a minute. Find the app that asks for ever new resources, or name the resources"
                  + " it needs in BROKER_PREFETCH or allowedResources",
              Optional.empty(),
              true);
    }
  }

  private final Map<String, Share> known;
  private final Share unknown = new Share("a client id that is not configured");
  private final Predicate<TokenKey> exempt;
  private final RejectedKeys turnedAway = new RejectedKeys();

  /**
   * A limit of which nothing is used yet.
   *
   * @param clientIds the configured ones: each has an allowance of its own
   * @param exempt keys that are never limited: the configured ones
   */
  public NewKeyRateLimiter(Collection<String> clientIds, Predicate<TokenKey> exempt) {
    this.known =
        clientIds.stream()
            .distinct()
            .collect(Collectors.toMap(Function.identity(), id -> new Share("client id " + id)));
    this.exempt = exempt;
  }

  /** No limit at all. */
  static NewKeyRateLimiter none() {
    return new NewKeyRateLimiter(List.of(), key -> true);
  }

  /** Nothing was sent for a key that was not refused, because Entra is left alone. */
  void giveBack(TokenKey key) {
    if (!exempt.test(key)) {
      known.getOrDefault(key.clientId(), unknown).first.giveBack();
    }
  }

  /**
   * Why the key must wait before Entra is asked for it; empty if it need not, and then it counts.
   */
  Optional<NotAsked> refuse(TokenKey key, Instant now) {
    if (exempt.test(key)) {
      return Optional.empty();
    }
    Share share = known.getOrDefault(key.clientId(), unknown);
    if (share.first.take(now) || (turnedAway.comesBack(key, now) && share.back.take(now))) {
      return Optional.empty();
    }
    turnedAway.remember(key, now);
    Duration wait = share.back.waitAt(now);
    return Optional.of(
        (NotAsked)
            share.failure.retryingIn(
                wait.compareTo(RejectedKeys.EARLIEST) > 0 ? wait : RejectedKeys.EARLIEST));
  }
}

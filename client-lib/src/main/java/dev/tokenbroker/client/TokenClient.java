package dev.tokenbroker.client;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Gets Microsoft Entra tokens from the broker in this pod. Needs nothing but the JDK.
 *
 * <pre>{@code
 * TokenClient tokens = TokenClient.create();
 * Token token = tokens.token("https://vault.azure.net");
 * request.header("Authorization", "Bearer " + token.value());
 * }</pre>
 *
 * <p>Make one and keep it: it holds up to 64 tokens until they end, renews them five minutes ahead,
 * asks once however many threads want the same one, and may be used by any number of threads. It
 * has no threads of its own that would keep a JVM alive, so there is nothing to close.
 *
 * <p>It finds the broker by {@code IDENTITY_ENDPOINT} with {@code IDENTITY_HEADER}, else by {@code
 * AZURE_POD_IDENTITY_AUTHORITY_HOST}, else at {@code http://127.0.0.1:16925}. It waits for a broker
 * that is not there yet or restarts, asks again after a 429, a 5xx or a broken connection for as
 * long as its deadline allows, and never after a refusal.
 */
public final class TokenClient {

  private final HeldTokens held = new HeldTokens();
  private final SingleFlight flights = new SingleFlight();
  private final SingleFlight renewals = new SingleFlight();
  private final Exchange exchange;
  private final Time time;

  TokenClient(Exchange exchange, Time time) {
    this.exchange = exchange;
    this.time = time;
  }

  /**
   * A client with every default.
   *
   * @return a new client; nothing is asked of the broker yet
   * @throws IllegalStateException if the environment names a broker that is not on loopback, or is
   *     no valid URL
   */
  public static TokenClient create() {
    return builder().build();
  }

  /**
   * For what the defaults do not cover.
   *
   * @return a builder with every default set
   */
  public static TokenClientBuilder builder() {
    return new TokenClientBuilder();
  }

  /**
   * A token, at once if a valid one is at hand. Waits otherwise, at most for the deadline.
   *
   * @param resourceOrScope such as {@code https://vault.azure.net}; {@code /.default} at the end is
   *     cut off, and nothing else is changed: a slash at the end makes another audience
   * @return a token that has not ended
   * @throws TokenException.Rejected if the broker or Entra refused
   * @throws TokenException.Throttled if Entra asks for more patience than the deadline allows
   * @throws TokenException.Unavailable if no token could be had by the deadline, or the thread was
   *     interrupted
   * @throws IllegalArgumentException if this cannot be a resource
   */
  public Token token(String resourceOrScope) {
    return Failures.await(tokenAsync(resourceOrScope));
  }

  /**
   * A token, without waiting.
   *
   * @param resourceOrScope as in {@link #token}
   * @return completes with a token that has not ended, or fails with a {@link TokenException};
   *     cancelling it disturbs no other caller
   * @throws IllegalArgumentException if this cannot be a resource
   */
  public CompletableFuture<Token> tokenAsync(String resourceOrScope) {
    return get(Ask.of(resourceOrScope));
  }

  /**
   * Another token for the same resource, for when the resource has turned one away before its end
   * (401): it was revoked, or the identity's rights have changed.
   *
   * @param turnedAway the token that the resource did not accept
   * @return another one, at once if somebody has renewed it meanwhile
   * @throws TokenException as {@link #token} does
   */
  public Token tokenInsteadOf(Token turnedAway) {
    Ask ask = Ask.of(turnedAway.resource());
    return held.valid(ask.slot(), time.now())
        .filter(token -> !token.value().equals(turnedAway.value()))
        .orElseGet(() -> Failures.await(renew(ask.insteadOf(turnedAway))));
  }

  /** From what is held, or from the broker. */
  CompletableFuture<Token> get(Ask ask) {
    Instant now = time.now();
    Optional<Token> fresh = held.fresh(ask.slot(), now);
    if (fresh.isPresent()) {
      return CompletableFuture.completedFuture(fresh.get());
    }
    if (held.valid(ask.slot(), now).isEmpty()) {
      return flights.join(ask, () -> freshOr(ask, exchange::patiently));
    }
    return renewals
        .join(ask, () -> freshOr(ask, exchange::briefly))
        .exceptionallyCompose(failure -> withoutRenewal(ask));
  }

  /** From the broker, whatever is held. */
  CompletableFuture<Token> renew(Ask ask) {
    return flights.join(ask, () -> keep(ask, exchange.patiently(ask)));
  }

  /** What may still be used, due for renewal or not. */
  Optional<Token> held(Ask ask) {
    return held.valid(ask.slot(), time.now());
  }

  /** Looks once more: the flight before this one may have landed since the caller looked. */
  private CompletableFuture<Token> freshOr(
      Ask ask, Function<Ask, CompletableFuture<Token>> question) {
    return held.fresh(ask.slot(), time.now())
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> keep(ask, question.apply(ask)));
  }

  private CompletableFuture<Token> keep(Ask ask, CompletableFuture<Token> flight) {
    return flight.whenComplete(
        (token, failure) -> {
          if (failure == null) {
            held.put(ask.slot(), token);
          }
        });
  }

  /** A failure to renew reaches nobody who holds a valid token. */
  private CompletableFuture<Token> withoutRenewal(Ask ask) {
    held.renewalFailed(ask.slot(), time.now());
    return get(ask);
  }
}

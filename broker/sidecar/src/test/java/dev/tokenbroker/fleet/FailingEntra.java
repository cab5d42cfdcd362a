package dev.tokenbroker.fleet;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * An Entra that fails between two instants and answers in a fifth of a second otherwise, behind a
 * limited number of exchange threads as in the broker.
 */
final class FailingEntra implements TokenSource {

  static final Duration LATENCY = Duration.ofMillis(200);

  /** The default of {@code BROKER_EXCHANGE_TIMEOUT}. */
  static final Duration EXCHANGE_TIMEOUT = Duration.ofSeconds(10);

  private static final int THREADS = 16;
  private static final Duration LIFE = Duration.ofHours(24);

  /**
   * How it fails.
   *
   * @param failure what an exchange then ends with
   * @param after how long that takes
   */
  record Trouble(String name, TokenFailure failure, Duration after) {

    @Override
    public String toString() {
      return name;
    }
  }

  private record Call(Promise<AccessToken> answer) {}

  private final Timeline time;
  private final Trouble trouble;
  private final Instant from;
  private final Instant until;
  private final Queue<Call> queue = new ArrayDeque<>();
  private int underWay;
  private int calls;

  FailingEntra(Timeline time, Trouble trouble, Instant from, Instant until) {
    this.time = time;
    this.trouble = trouble;
    this.from = from;
    this.until = until;
  }

  /** How many calls have begun. */
  int calls() {
    return calls;
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    Call call = new Call(Promise.promise());
    if (underWay < THREADS) {
      start(call);
    } else {
      queue.add(call);
    }
    return call.answer().future();
  }

  private void start(Call call) {
    underWay++;
    calls++;
    Instant now = time.clock().instant();
    boolean fails = !now.isBefore(from) && now.isBefore(until);
    time.after(fails ? trouble.after() : LATENCY, () -> end(call, fails));
  }

  private void end(Call call, boolean fails) {
    underWay--;
    Call next = queue.poll();
    if (next != null) {
      start(next);
    }
    Instant now = time.clock().instant();
    if (fails) {
      call.answer().fail(new TokenFailureException(trouble.failure()));
    } else {
      call.answer().complete(new AccessToken("t", now, now.plus(LIFE), Optional.empty()));
    }
  }
}

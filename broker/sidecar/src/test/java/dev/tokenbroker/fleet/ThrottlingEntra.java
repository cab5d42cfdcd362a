package dev.tokenbroker.fleet;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure.Throttled;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An Entra that gives so many tokens a second and answers 429 with Retry-After to the rest. */
final class ThrottlingEntra implements TokenSource {

  static final int TOKENS_A_SECOND = 500;
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final Duration LATENCY = Duration.ofMillis(200);

  /** The shortest that Entra gives (configurable token lifetimes), so that renewals come soon. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final Timeline time;
  private final int[] calls;
  private int throttled;

  ThrottlingEntra(Timeline time, Duration observed) {
    this.time = time;
    this.calls = new int[(int) observed.toSeconds()];
  }

  @Override
  public Future<AccessToken> token(TokenKey key) {
    boolean served = calls[time.second()]++ < TOKENS_A_SECOND;
    throttled += served ? 0 : 1;
    Promise<AccessToken> answer = Promise.promise();
    time.after(LATENCY, () -> answer(answer, served));
    return answer.future();
  }

  private void answer(Promise<AccessToken> answer, boolean served) {
    Instant now = time.clock().instant();
    if (served) {
      answer.complete(new AccessToken("t", now, now.plus(LIFE), Optional.empty()));
    } else {
      answer.fail(new TokenFailureException(new Throttled("slow down", Optional.of(RETRY_AFTER))));
    }
  }

  /** How many calls came in each second. */
  int[] calls() {
    return calls.clone();
  }

  int throttled() {
    return throttled;
  }
}

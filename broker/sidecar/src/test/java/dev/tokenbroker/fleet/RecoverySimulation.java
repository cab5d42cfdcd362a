package dev.tokenbroker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cache.CachingTokenSource;
import dev.tokenbroker.cache.NewKeyRateLimiter;
import dev.tokenbroker.exchange.BreakerTokenSource;
import dev.tokenbroker.exchange.RetryingTokenSource;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.token.TokenSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One pod lives through one outage of Entra, on virtual time. Each key has a caller without a
 * token: half of them ask every second, as scripts do; half obey {@code Retry-After}, as MSAL and
 * the Azure SDKs do.
 */
final class RecoverySimulation {

  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration BEFORE = Duration.ofSeconds(10);
  private static final Duration AFTER = Duration.ofMinutes(15);
  private static final Pattern SECONDS = Pattern.compile(" in (\\d+) s");

  private final String name;
  private final Timeline time = new Timeline();
  private final Random random;
  private final TokenSource cache;
  private final Runnable sweep;
  private final FailingEntra entra;
  private final Instant over;
  private final Map<TokenKey, Instant> served = new HashMap<>();

  RecoverySimulation(FailingEntra.Trouble trouble, Duration outage, int keys, long seed) {
    name = trouble + " for " + outage + ", " + keys + " keys, seed " + seed;
    random = new Random(seed);
    Instant start = time.clock().instant();
    over = start.plus(BEFORE).plus(outage);
    entra = new FailingEntra(time, trouble, start.plus(BEFORE), over);
    CachingTokenSource caching =
        new CachingTokenSource(
            new BreakerTokenSource(
                new RetryingTokenSource(
                    entra,
                    time::after,
                    WAIT_TIMEOUT.minus(FailingEntra.EXCHANGE_TIMEOUT),
                    time.clock(),
                    random),
                key -> false,
                time.clock(),
                random),
            1000,
            new NewKeyRateLimiter(List.of("client-0", "client-1", "client-2"), key -> false),
            WAIT_TIMEOUT,
            time.clock(),
            time::after,
            random);
    cache = caching;
    sweep = caching::sweep;
    IntStream.range(0, keys).forEach(this::startCaller);
  }

  private void startCaller(int number) {
    TokenKey key =
        new TokenKey(
            "https://login.test", "tenant", "client-" + number % 3, "r" + number + "/.default");
    boolean obedient = number % 2 == 1 || random.nextInt(4) == 0;
    long inOutage = Math.min(30_000, Duration.between(time.clock().instant(), over).toMillis() - 1);
    long first = BEFORE.toMillis() + (long) ((inOutage - BEFORE.toMillis()) * random.nextDouble());
    time.after(Duration.ofMillis(first), () -> ask(key, obedient));
  }

  private void ask(TokenKey key, boolean obedient) {
    cache
        .token(key)
        .onSuccess(token -> served.put(key, time.clock().instant()))
        .onFailure(
            error -> {
              Duration told = retryAfter(TokenFailureException.failureOf(error));
              time.after(obedient ? told : Duration.ofSeconds(1), () -> ask(key, obedient));
            });
  }

  /** As the endpoint writes it: whole seconds, rounded up. */
  private Duration retryAfter(TokenFailure failure) {
    long seconds =
        Math.max(1, failure.retryAfter().orElse(Duration.ofSeconds(5)).plusMillis(999).toSeconds());
    Matcher text = SECONDS.matcher(failure.message());
    if (text.find()) {
      assertThat(Long.parseLong(text.group(1)))
          .as("%s: the text and Retry-After give the same number", name)
          .isEqualTo(seconds);
    }
    return Duration.ofSeconds(seconds);
  }

  /** The time from the end of the outage until the last key has its token. */
  Duration run(int keys) {
    int sweepEvery = 2 * Timeline.STEPS_A_SECOND;
    time.run(
        Duration.between(time.clock().instant(), over).plus(AFTER),
        () -> {
          if (time.step() % sweepEvery == 0) {
            sweep.run();
          }
        });
    assertThat(served).as("%s: every key has its token", name).hasSize(keys);
    return served.values().stream()
        .map(at -> Duration.between(over, at))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  int calls() {
    return entra.calls();
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.tokenbroker.admin;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CacheObserver;
import dev.tokenbroker.listener.CloseObserver;
import dev.tokenbroker.listener.CloseReason;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The meters, documented in docs/metrics.md. All are there from the start, so that a counter begins
 * at 0 and not at its first event, and every label has few values: a caller can invent resources,
 * but not time series.
 */
public final class BrokerMetrics implements CacheObserver, CloseObserver {

  /** Prometheus text format 0.0.4. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LabelledCounters labelled = new LabelledCounters(registry);

  private final Counter tokensExchanged;
  private final Map<TokenFailure.Kind, Counter> failures = new EnumMap<>(TokenFailure.Kind.class);

  private final TokenMeters tokens = new TokenMeters(registry);
  private final Counter servedDuringFailure;
  private final Counter waited;
  private final Counter hidden;
  private final Counter spared;
  private final Counter limited;
  private final Counter dropped;
  private final Counter stray;
  private final Timer exchangeTime;

  /**
   * Registers all meters that need nothing else.
   *
   * @param tokenFile the federated token file as it was last read
   */
  public BrokerMetrics(String version, TokenFileState tokenFile) {
    tokensExchanged = exchanges("token");
    for (TokenFailure.Kind kind : TokenFailure.Kind.values()) {
      failures.put(kind, exchanges(kind.label()));
    }
    servedDuringFailure =
        counter(
            "token_broker.served.during.failure",
            "Tokens handed out whose renewal has failed so far");
    waited =
        counter(
            "token_broker.callers.waited",
            "Callers that found no valid token, or one about to end, and waited");
    hidden =
        counter(
            "token_broker.exchange.failures.hidden",
            "Exchanges that failed while a valid token was held, so that nobody noticed");
    spared =
        counter(
            "token_broker.exchanges.spared",
            "Exchanges not begun: Entra does not answer, or too many were under way");
    limited =
        counter(
            "token_broker.exchanges.limited", "Requests rejected by the rate limit for new tokens");
    dropped = counter("token_broker.keys.dropped", "Keys that left: idle, or the cache was full");
    stray =
        counter(
            "token_broker.stray.selectors",
            "Requests that named an identity under a parameter that no endpoint knows");
    exchangeTime =
        Timer.builder("token_broker.exchange")
            .description("How long exchanges take")
            .serviceLevelObjectives(
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMillis(2500),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10))
            .register(registry);
    Gauge.builder("token_broker.build.info", () -> 1)
        .description("The version that runs")
        .tag("version", version)
        .register(registry);
    gauge(
        "token_broker.federated.token.expiry.timestamp.seconds",
        "When the projected token ends, in seconds of the epoch; 0: it cannot be used",
        () -> tokenFile.expiry().map(Instant::getEpochSecond).orElse(0L));
    new ProcessMeters(registry);
  }

  /** Registers gauges of the cache and of the upstream. */
  public void watch(IntSupplier keys, Supplier<Boolean> resting) {
    gauge("token_broker.keys.held", "Keys the cache holds", keys::getAsInt);
    gauge(
        "token_broker.breaker.open",
        "1 while exchanges fail at once because Entra does not answer",
        () -> resting.get() ? 1 : 0);
  }

  /** Registers a counter of the log lines dropped so far. */
  public void watchLog(LongSupplier droppedLines) {
    FunctionCounter.builder("token_broker.log.lines.dropped", droppedLines, LongSupplier::getAsLong)
        .description("Log lines dropped because standard error was read too slowly")
        .register(registry);
  }

  /** Registers a counter of the lines that the log has left out so far. */
  public void watchLogLimit(LongSupplier leftOut) {
    FunctionCounter.builder("token_broker.log.lines.limited", leftOut, LongSupplier::getAsLong)
        .description("Log lines left out because there were too many of their kind")
        .register(registry);
  }

  /** Registers a gauge of the threads that have not come back from their work. */
  public void watchThreads(IntSupplier stuck) {
    gauge(
        "token_broker.threads.stuck",
        "Threads that have not come back from an exchange or from the token file",
        stuck::getAsInt);
  }

  /**
   * Gives these keys time series of their own, and each of these identities one for all else.
   *
   * @param wanted tells the tokens whose end matters to somebody
   */
  public void watchTokens(
      Collection<TokenKey> keys,
      Collection<String> clientIds,
      Consumer<BiConsumer<TokenKey, AccessToken>> wanted) {
    tokens.watch(keys, clientIds, wanted);
  }

  /** Counts a request that is over; the values come from two small closed sets. */
  public void request(String dialect, String outcome) {
    labelled.request(dialect, outcome);
  }

  /** Counts a request that named an identity under a name that no endpoint knows. */
  public void straySelector() {
    stray.increment();
  }

  @Override
  public void closed(String listener, CloseReason reason) {
    labelled.closed(listener, reason);
  }

  @Override
  public void on(CacheEvent event) {
    if (event instanceof CacheEvent.Waited) {
      waited.increment();
    } else if (event instanceof CacheEvent.ServedDuringFailure) {
      servedDuringFailure.increment();
    } else if (event instanceof CacheEvent.Exchanged exchanged) {
      tokensExchanged.increment();
      exchangeTime.record(exchanged.took());
      tokens.exchanged(exchanged.key(), exchanged.token());
    } else if (event instanceof CacheEvent.ExchangeFailed failed
        && failed.failure() instanceof TokenFailure.NotAsked) {
      spared.increment();
    } else if (event instanceof CacheEvent.ExchangeFailed failed) {
      failed(failed);
    } else if (event instanceof CacheEvent.Limited) {
      limited.increment();
    } else if (event instanceof CacheEvent.Dropped) {
      dropped.increment();
    }
  }

  /** Returns all meters as Prometheus text. */
  public String scrape() {
    tokens.refresh();
    return registry.scrape();
  }

  private void failed(CacheEvent.ExchangeFailed event) {
    TokenFailure.Kind kind = event.failure().kind();
    Objects.requireNonNull(failures.get(kind)).increment();
    if (kind != TokenFailure.Kind.NO_ASSERTION) {
      exchangeTime.record(event.took());
    }
    if (event.stillServing()) {
      hidden.increment();
    }
    if (event.failure() instanceof TokenFailure.Rejected rejected) {
      labelled.refusal(rejected.aadsts());
    }
  }

  private Counter exchanges(String outcome) {
    return Counter.builder("token_broker.exchanges")
        .description("Exchanges with Entra, by how they ended")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }
}

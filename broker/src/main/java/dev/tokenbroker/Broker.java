package dev.tokenbroker;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CachingTokenSource;
import dev.tokenbroker.cli.ListenException;
import dev.tokenbroker.cli.RunningBroker;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.EndpointConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.endpoint.ListenerOptions;
import dev.tokenbroker.endpoint.TokenListener;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The composition root: puts the rooms together, starts them, drains them and stops them.
 * Everything lives on one event loop.
 */
public final class Broker implements RunningBroker {

  /** How often the cache looks for what is due. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  /** What is still open after this long at the end is cut off. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final Upstream upstream;
  private final CachingTokenSource cache;
  private final TokenListener listener;
  private int listenPort;

  private Broker(Vertx vertx, Context context, BrokerConfig config, Clock clock) {
    this.vertx = vertx;
    RandomGenerator random = RandomGenerator.getDefault();
    FederatedTokenFile tokenFile =
        new FederatedTokenFile(config.entra().federatedTokenFile(), Clock.systemUTC());
    upstream = new Upstream(vertx, context, config, tokenFile, clock, random);
    IdentityDirectory directory = Identities.directory(config);
    ExchangeLog log = new ExchangeLog();
    cache =
        new CachingTokenSource(
            upstream,
            config.limits().keys(),
            config.limits().waitTimeout(),
            clock,
            this::timer,
            random,
            event -> {
              log.on(event);
              if (event instanceof CacheEvent.Exchanged exchanged) {
                directory.learn(exchanged.key(), exchanged.token());
              }
            });
    listener =
        new TokenListener(
            vertx, cache, directory, options(config), clock, (dialect, outcome, status) -> {});
    List<TokenKey> prefetched = Identities.prefetched(config, directory);
    context.runOnContext(
        nothing -> {
          prefetched.forEach(cache::pin);
          vertx.setPeriodic(SWEEP.toMillis(), id -> cache.sweep());
        });
  }

  /** Starts a broker; the future fails with a {@link ListenException} if a port cannot be had. */
  public static Future<Broker> start(BrokerConfig config) {
    return start(config, SteadyClock.system());
  }

  static Future<Broker> start(BrokerConfig config, Clock clock) {
    Vertx vertx = Runtimes.vertx();
    Broker broker = new Broker(vertx, vertx.getOrCreateContext(), config, clock);
    return broker
        .listen(config)
        .recover(error -> vertx.close().compose(x -> Future.failedFuture(error)));
  }

  private Future<Broker> listen(BrokerConfig config) {
    return open(listener.start(), config.endpoint().listen())
        .map(
            port -> {
              listenPort = port;
              return this;
            });
  }

  private static Future<Integer> open(Future<Integer> listening, HostPort address) {
    return listening.recover(error -> Future.failedFuture(new ListenException(address, error)));
  }

  private Runnable timer(Duration delay, Runnable task) {
    long id = vertx.setTimer(delay.toMillis(), timer -> task.run());
    return () -> vertx.cancelTimer(id);
  }

  private static ListenerOptions options(BrokerConfig config) {
    EndpointConfig endpoint = config.endpoint();
    return new ListenerOptions(
        endpoint.listen().host(),
        endpoint.listen().port(),
        endpoint.extraHosts(),
        endpoint.allowRemotePeers(),
        endpoint.instanceMetadata() ? Optional.of(ListenerOptions.REAL_IMDS) : Optional.empty(),
        Optional.empty(),
        config.limits().connections());
  }

  @Override
  public int listenPort() {
    return listenPort;
  }

  @Override
  public int adminPort() {
    return 0;
  }

  @Override
  public Future<Void> drain() {
    // Closing the runtime ends the event loop, so nothing may be left to complete on it.
    Promise<Void> promise = Promise.promise();
    listener
        .drain(DRAIN)
        .onComplete(
            drained -> {
              upstream.close();
              vertx.close().onComplete(promise);
            });
    return promise.future();
  }
}

package dev.tokenbroker;

import dev.tokenbroker.admin.AdminListener;
import dev.tokenbroker.admin.BrokerMetrics;
import dev.tokenbroker.admin.Readiness;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CacheListener;
import dev.tokenbroker.cache.CachingTokenSource;
import dev.tokenbroker.cache.Prefetch;
import dev.tokenbroker.cli.ListenException;
import dev.tokenbroker.cli.RunningBroker;
import dev.tokenbroker.cli.Version;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.endpoint.TokenListener;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.status.StatusBoard;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The composition root: puts the rooms together, starts them, drains them and stops them.
 * Everything but the exchanges themselves lives on one event loop.
 */
public final class Broker implements RunningBroker {

  /** How often the cache looks for what is due. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  /** What is still open after this long at the end is cut off. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final BrokerConfig config;
  private final Vertx vertx;
  private final Context context;
  private final BrokerMetrics metrics = new BrokerMetrics(Version.number());
  private final Readiness readiness = new Readiness(Clock.systemUTC());
  private final ExchangeLog log = new ExchangeLog();
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final FederatedTokenFile tokenFile;
  private final IdentityDirectory directory;
  private final Upstream upstream;
  private final StatusBoard status;
  private final CachingTokenSource cache;
  private final List<TokenKey> prefetched;
  private final Prefetch prefetch;
  private final List<CacheListener> listeners;
  private final TokenListener listener;
  private final AdminListener admin;
  private int listenPort;
  private int adminPort;

  private Broker(BrokerConfig config, Clock clock) {
    this.config = config;
    vertx = Runtimes.vertx();
    context = vertx.getOrCreateContext();
    directory = Identities.directory(config);
    tokenFile = new FederatedTokenFile(config.entra().federatedTokenFile(), Clock.systemUTC());
    upstream = new Upstream(vertx, context, config, tokenFile, clock, random);
    status =
        new StatusBoard(
            Identities.about(config, Clock.systemUTC().instant()),
            Clock.systemUTC(),
            upstream::isResting,
            readiness::obstacle);
    cache =
        new CachingTokenSource(
            upstream,
            config.limits().keys(),
            config.limits().waitTimeout(),
            clock,
            this::timer,
            random,
            this::heard);
    prefetched = Identities.prefetched(config, directory);
    prefetch = new Prefetch(prefetched, cache, this::timer);
    listeners = List.of(metrics, readiness, status, log, this::learn, prefetch);
    listener =
        new TokenListener(
            vertx,
            cache,
            directory,
            Listeners.options(config),
            clock,
            status::json,
            (dialect, outcome, status) -> metrics.request(dialect, outcome.label()));
    HostPort adminListen = config.adminListen();
    admin =
        new AdminListener(
            vertx, adminListen.host(), adminListen.port(), readiness, metrics::scrape);
  }

  /** Starts a broker; the future fails with a {@link ListenException} if a port cannot be had. */
  public static Future<Broker> start(BrokerConfig config) {
    return start(config, SteadyClock.system());
  }

  static Future<Broker> start(BrokerConfig config, Clock clock) {
    Broker broker = new Broker(config, clock);
    Promise<Broker> started = Promise.promise();
    broker.context.runOnContext(nothing -> broker.open().onComplete(started));
    return started
        .future()
        .recover(error -> broker.stop().transform(stopped -> Future.failedFuture(error)));
  }

  private Future<Broker> open() {
    metrics.watch(cache::size, upstream::isResting);
    metrics.watchExpiryOf(prefetched);
    readiness.await(prefetched);
    status.show(prefetched);
    new TokenFileWatch(vertx, tokenFile, readiness, metrics, status).start();
    prefetch.start(config.limits().startupSpread(), random);
    vertx.setPeriodic(SWEEP.toMillis(), id -> cache.sweep());
    return open(listener.start(), config.endpoint().listen())
        .onSuccess(port -> listenPort = port)
        .compose(port -> open(admin.start(), config.adminListen()))
        .onSuccess(port -> adminPort = port)
        .map(port -> this);
  }

  private static Future<Integer> open(Future<Integer> listening, HostPort address) {
    return listening.recover(error -> Future.failedFuture(new ListenException(address, error)));
  }

  @Override
  public int listenPort() {
    return listenPort;
  }

  @Override
  public int adminPort() {
    return adminPort;
  }

  @Override
  public Future<Void> drain() {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(
        nothing -> {
          readiness.draining();
          listener.drain(DRAIN).onComplete(done -> stop().onComplete(drained));
        });
    return drained.future();
  }

  /** Ends the event loop, so nothing may be left that completes on it. */
  private Future<Void> stop() {
    upstream.close();
    return vertx.close();
  }

  private void learn(CacheEvent event) {
    if (event instanceof CacheEvent.Exchanged exchanged) {
      directory.learn(exchanged.key(), exchanged.token());
    }
  }

  private void heard(CacheEvent event) {
    listeners.forEach(each -> each.on(event));
  }

  private Runnable timer(Duration delay, Runnable task) {
    long id = vertx.setTimer(delay.toMillis(), timer -> task.run());
    return () -> vertx.cancelTimer(id);
  }
}

package dev.tokenbroker.assembly;

import dev.tokenbroker.admin.AdminListener;
import dev.tokenbroker.admin.BrokerMetrics;
import dev.tokenbroker.admin.Readiness;
import dev.tokenbroker.admin.StatusBoard;
import dev.tokenbroker.admin.TokenFileState;
import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.authority.AuthorityListener;
import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CachingTokenSource;
import dev.tokenbroker.cache.NewKeyRateLimiter;
import dev.tokenbroker.cache.Prefetch;
import dev.tokenbroker.config.AuthorityConfig;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.HostPort;
import dev.tokenbroker.endpoint.TokenListener;
import dev.tokenbroker.identity.IdentityDirectory;
import dev.tokenbroker.listener.HeapShare;
import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.listener.OneLoopTransport;
import dev.tokenbroker.logging.Logging;
import dev.tokenbroker.threads.Timers;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The composition root: puts the packages together, starts them, drains them and stops them.
 * Everything but the exchanges themselves lives on one event loop.
 */
public final class Broker {

  /** How often the cache looks for what is due. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  /** Requests on their way when the signal comes, on connections that are open, are still taken. */
  private static final Duration GRACE = Duration.ofMillis(300);

  /** What is still open after this long at the end is cut off. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final BrokerConfig config;
  private final Clock clock;
  private final Vertx vertx;
  private final Context context;
  private final TokenFileState tokenFileState = new TokenFileState();
  private final BrokerMetrics metrics = new BrokerMetrics(Version.number(), tokenFileState);
  private final Readiness readiness;
  private final ExchangeLog log;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Optional<TokenFileReads> tokenFile;
  private final IdentityDirectory directory;
  private final TokenUpstream upstream;
  private final StatusBoard status;
  private final CachingTokenSource cache;
  private final List<TokenKey> prefetched;
  private final Prefetch prefetch;
  private final TokenListener listener;
  private final AdminListener admin;
  private Optional<AuthorityListener.Open> authority = Optional.empty();
  private int listenPort;
  private int adminPort;

  private Broker(BrokerConfig config, TokenOrigin origin, Clock wall, Clock clock) {
    this.config = config;
    readiness =
        new Readiness(wall, config.entra().federatedTokenFile().map(path -> tokenFileState));
    this.clock = clock;
    vertx = OneLoopTransport.vertx();
    context = vertx.getOrCreateContext();
    Timers timers = Timers.of(vertx);
    directory = origin.directory(config);
    Optional<FederatedTokenFile> file =
        config.entra().federatedTokenFile().map(path -> new FederatedTokenFile(path, wall));
    tokenFile = file.map(found -> new TokenFileReads(vertx, context, found));
    Predicate<TokenKey> configured = Identities.areConfigured(config, directory);
    log = new ExchangeLog(configured, clock);
    upstream = origin.open(vertx, context, config, file, configured, clock, random);
    status =
        new StatusBoard(
            Identities.about(config, origin.description(), clock.instant()),
            clock,
            tokenFileState,
            upstream::isResting,
            readiness::obstacle);
    cache =
        new CachingTokenSource(
            upstream,
            config.limits().keys(),
            new NewKeyRateLimiter(Identities.clientIds(config), configured),
            config.limits().waitTimeout(),
            clock,
            timers,
            random);
    prefetched = Identities.prefetched(config, directory);
    prefetch = new Prefetch(prefetched, cache, timers);
    List.of(metrics, readiness, status, log, this::learn, prefetch).forEach(cache::addListener);
    listener =
        new TokenListener(
            vertx,
            cache,
            directory,
            config.endpoint(),
            ListenerLimits.of(HeapShare.TOKEN, false, config.limits().connections()),
            clock,
            status::json,
            new RequestRecorder(metrics, status),
            metrics);
    HostPort adminListen = config.adminListen();
    admin =
        new AdminListener(
            vertx,
            adminListen.host(),
            adminListen.port(),
            readiness,
            metrics::scrape,
            clock,
            metrics);
  }

  /** Starts a broker; the future fails with a {@link ListenException} if a port cannot be had. */
  public static Future<Broker> start(BrokerConfig config, TokenOrigin origin) {
    return start(config, origin, Clock.systemUTC(), MonotonicClock.system());
  }

  /** The projected token's claims are held against {@code wall}, all else against {@code clock}. */
  public static Future<Broker> start(
      BrokerConfig config, TokenOrigin origin, Clock wall, Clock clock) {
    Broker broker = new Broker(config, origin, wall, clock);
    Promise<Broker> started = Promise.promise();
    broker.context.runOnContext(
        nothing -> Future.succeededFuture().compose(it -> broker.open()).onComplete(started));
    return started
        .future()
        .recover(error -> broker.stop().transform(stopped -> Future.failedFuture(error)));
  }

  private Future<Broker> open() {
    metrics.watch(cache::size, upstream::isResting);
    metrics.watchThreads(
        () -> upstream.stuckThreads() + tokenFile.map(TokenFileReads::stuckThreads).orElse(0));
    readiness.watchThreads(
        () -> upstream.obstacle().or(() -> tokenFile.flatMap(TokenFileReads::obstacle)));
    metrics.watchLog(Logging::dropped);
    metrics.watchLogLimit(log::leftOut);
    metrics.watchTokens(
        Identities.configured(config, directory),
        Identities.clientIds(config),
        cache::forEachWanted);
    readiness.await(prefetched);
    status.show(prefetched);
    tokenFile.ifPresent(file -> new TokenFileWatch(vertx, file, tokenFileState).start());
    upstream.announce();
    prefetch.start(config.limits().startupSpread(), random);
    vertx.setPeriodic(SWEEP.toMillis(), id -> cache.sweep());
    return open(listener.start(), config.endpoint().listen())
        .onSuccess(port -> listenPort = port)
        .compose(port -> config.authority().map(this::open).orElse(Future.succeededFuture()))
        // Last: whoever is told that the broker is ready finds all the rest.
        .compose(opened -> open(admin.start(), config.adminListen()))
        .onSuccess(port -> adminPort = port)
        .map(port -> this);
  }

  private Future<Void> open(AuthorityConfig wanted) {
    AuthorityListener local =
        new AuthorityListener(
            vertx,
            cache,
            directory,
            new PodAssertionVerifier(tokenFile.orElseThrow()),
            config,
            wanted.listen(),
            clock,
            new RequestRecorder(metrics, status),
            metrics);
    return open(local.start(AuthorityCertificate.of(config, wanted)), wanted.listen())
        .onSuccess(open -> authority = Optional.of(open))
        .mapEmpty();
  }

  private static <T> Future<T> open(Future<T> listening, HostPort address) {
    return listening.recover(error -> Future.failedFuture(new ListenException(address, error)));
  }

  /** The open port of the token listener. */
  public int listenPort() {
    return listenPort;
  }

  /** The open port of probes and metrics. */
  public int adminPort() {
    return adminPort;
  }

  /** The open port of the authority on loopback, if there is one. */
  public OptionalInt authorityPort() {
    return authority.map(open -> OptionalInt.of(open.port())).orElse(OptionalInt.empty());
  }

  /** Takes no new requests, answers those under way, and stops; it completes when all is closed. */
  public Future<Void> drain() {
    Promise<Void> drained = Promise.promise();
    context.runOnContext(
        nothing -> {
          readiness.draining();
          Future.join(
                  listener.drain(GRACE, DRAIN),
                  authority.map(open -> open.drain(GRACE, DRAIN)).orElse(Future.succeededFuture()))
              .onComplete(done -> stop().onComplete(drained));
        });
    return drained.future();
  }

  /** Ends the event loop, so nothing may be left that completes on it. */
  private Future<Void> stop() {
    upstream.close();
    tokenFile.ifPresent(TokenFileReads::close);
    return vertx.close();
  }

  private void learn(CacheEvent event) {
    if (event instanceof CacheEvent.Exchanged exchanged) {
      directory.learn(exchanged.key(), exchanged.token());
    }
  }
}

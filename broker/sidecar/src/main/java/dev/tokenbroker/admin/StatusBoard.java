package dev.tokenbroker.admin;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.cache.CacheObserver;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import dev.tokenbroker.util.BoundedMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Collects the events of the broker and shows its state as JSON. Confined to the event loop, and
 * bounded: the configured keys stay, of others only the most recent are shown.
 */
public final class StatusBoard implements CacheObserver {

  /** Keys shown beside the configured ones. */
  static final int MAX_OTHERS = 50;

  private final BrokerInfo info;
  private final Clock clock;
  private final TokenFileState tokenFile;
  private final BooleanSupplier resting;
  private final Supplier<Optional<String>> obstacle;
  private final Map<TokenKey, TokenStatus> configured = new LinkedHashMap<>();
  private final Map<TokenKey, TokenStatus> others = BoundedMap.firstInFirstOut(MAX_OTHERS);
  private final RecentEvents events = new RecentEvents();
  private final UnknownSelectors straySelectors = new UnknownSelectors();
  private Optional<Instant> lastExchange = Optional.empty();

  /**
   * Creates an empty board.
   *
   * @param clock the clock of the tokens' lives, not the wall clock: a step of that would show
   *     other times here than callers are told
   * @param tokenFile the federated token file as it was last read
   * @param resting whether exchanges fail at once because Entra does not answer
   * @param obstacle why the broker is not ready; nothing if it is
   */
  public StatusBoard(
      BrokerInfo info,
      Clock clock,
      TokenFileState tokenFile,
      BooleanSupplier resting,
      Supplier<Optional<String>> obstacle) {
    this.info = info;
    this.clock = clock;
    this.tokenFile = tokenFile;
    tokenFile.onChange(this::tokenFileChanged);
    this.resting = resting;
    this.obstacle = obstacle;
    events.good(info.startedAt(), "token-broker " + info.version() + " started");
  }

  /** These keys are shown from the start and never leave. */
  public void show(Collection<TokenKey> keys) {
    keys.forEach(key -> configured.put(key, statusOf(key)));
  }

  private void tokenFileChanged(Optional<String> problem) {
    problem.ifPresentOrElse(
        text -> events.bad(clock.instant(), text),
        () -> events.good(clock.instant(), "The federated token file can be used again"));
  }

  /** A request named an identity under a name that no endpoint knows; one event for each name. */
  public void strayed(String spelling) {
    if (straySelectors.add(spelling, clock.instant())) {
      events.bad(
          clock.instant(),
          "A request named its identity by "
              + spelling
              + ", which no endpoint knows: use client_id, object_id or mi_res_id");
    }
  }

  @Override
  public void on(CacheEvent event) {
    Instant now = clock.instant();
    if (event instanceof CacheEvent.Exchanged exchanged) {
      lastExchange = Optional.of(now);
      put(statusOf(event.key()).exchanged(exchanged));
      events.good(
          now, "Token for " + name(event.key()) + " until " + exchanged.token().expiresAt());
    } else if (event instanceof CacheEvent.ExchangeFailed failed) {
      put(statusOf(event.key()).failed(failed, now));
      if (!(failed.failure() instanceof TokenFailure.NotAsked)) {
        events.bad(now, describe(failed));
      }
    } else if (event instanceof CacheEvent.Dropped) {
      others.remove(event.key());
    }
  }

  private void put(TokenStatus status) {
    TokenKey key = status.key();
    if (configured.containsKey(key)) {
      configured.put(key, status);
    } else {
      others.remove(key);
      others.put(key, status);
    }
  }

  private TokenStatus statusOf(TokenKey key) {
    TokenStatus known = configured.getOrDefault(key, others.get(key));
    return known != null ? known : TokenStatus.of(key, identity(key));
  }

  private String identity(TokenKey key) {
    return info.identities().getOrDefault(key.clientId(), key.clientId());
  }

  private String describe(CacheEvent.ExchangeFailed failed) {
    String served = failed.stillServing() ? " (the one held is still served)" : "";
    return "No token for " + name(failed.key()) + served + ": " + failed.failure().message();
  }

  private String name(TokenKey key) {
    return key.scope() + " as " + identity(key);
  }

  /** All of it as JSON; times are ISO 8601 in UTC. Nothing in it is secret. */
  public String json() {
    Instant now = clock.instant();
    JsonArray tokens = new JsonArray();
    configured.values().forEach(each -> tokens.add(each.json(now)));
    others.values().forEach(each -> tokens.add(each.json(now)));
    Optional<String> notReady = obstacle.get();
    JsonObject json = new JsonObject();
    info.tokenFile().ifPresent(file -> json.put("federatedToken", federatedToken(file)));
    return json.put("version", info.version())
        .put("startedAt", info.startedAt().toString())
        .put("now", now.toString())
        .put("ready", notReady.isEmpty())
        .put("obstacle", notReady.orElse(""))
        .put("source", info.source())
        .put("upstream", upstream())
        .put("tokens", tokens)
        .put("straySelectors", straySelectors.json())
        .put("events", events.json())
        .encode();
  }

  private JsonObject federatedToken(String file) {
    JsonObject json =
        new JsonObject().put("file", file).put("problem", tokenFile.problem().orElse(""));
    tokenFile
        .claims()
        .ifPresent(
            read ->
                json.put("issuer", read.issuer())
                    .put("subject", read.subject())
                    .put("audience", new JsonArray(read.audience()))
                    .put("expiresAt", read.expiresAt().toString()));
    return json;
  }

  private JsonObject upstream() {
    return new JsonObject()
        .put("authority", info.authority().orElse(""))
        .put("resting", resting.getAsBoolean())
        .put("lastExchange", lastExchange.map(Instant::toString).orElse(""));
  }
}

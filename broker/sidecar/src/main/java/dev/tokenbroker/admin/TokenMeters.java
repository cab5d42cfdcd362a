package dev.tokenbroker.admin;

import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The gauges of when tokens end and when Entra last gave them, by configured identity and resource.
 * All else that callers ask for counts as {@code other}: nobody can invent a time series.
 */
final class TokenMeters {

  static final String OTHER = "other";

  private final MeterRegistry registry;
  private final Map<TokenKey, Row> configured = new HashMap<>();
  private final Map<String, Row> others = new HashMap<>();
  private final Row other;
  private Consumer<BiConsumer<TokenKey, AccessToken>> wanted = action -> {};

  /** The two series of one pair of labels, in instants; the epoch stands for none. */
  private static final class Row {

    Instant soonestEnd = Instant.EPOCH;
    Instant lastExchange = Instant.EPOCH;

    void ends(Instant end) {
      if (soonestEnd.equals(Instant.EPOCH) || end.isBefore(soonestEnd)) {
        soonestEnd = end;
      }
    }
  }

  TokenMeters(MeterRegistry registry) {
    this.registry = registry;
    this.other = row(OTHER, OTHER);
  }

  /**
   * Gives these keys series of their own, and each of these identities one for other resources.
   *
   * @param wanted tells the tokens whose end matters to somebody; asked at each scrape
   */
  void watch(
      Collection<TokenKey> keys,
      Collection<String> clientIds,
      Consumer<BiConsumer<TokenKey, AccessToken>> wanted) {
    this.wanted = wanted;
    keys.forEach(key -> configured.put(key, row(key.clientId(), key.scope())));
    clientIds.forEach(clientId -> others.put(clientId, row(clientId, OTHER)));
  }

  void exchanged(TokenKey key, AccessToken token) {
    rowOf(key).lastExchange = token.issuedAt();
  }

  /** Reads the tokens again; called before each scrape. */
  void refresh() {
    configured.values().forEach(row -> row.soonestEnd = Instant.EPOCH);
    others.values().forEach(row -> row.soonestEnd = Instant.EPOCH);
    other.soonestEnd = Instant.EPOCH;
    wanted.accept((key, token) -> rowOf(key).ends(token.expiresAt()));
  }

  private Row rowOf(TokenKey key) {
    Row row = configured.get(key);
    return row != null ? row : others.getOrDefault(key.clientId(), other);
  }

  private Row row(String clientId, String scope) {
    Row row = new Row();
    gauge(
        "token_broker.token.expiry.timestamp.seconds",
        "When the token ends, in seconds of the epoch; 0: none is wanted",
        () -> row.soonestEnd,
        clientId,
        scope);
    gauge(
        "token_broker.token.exchange.timestamp.seconds",
        "When Entra last gave the token, in seconds of the epoch; 0: never",
        () -> row.lastExchange,
        clientId,
        scope);
    return row;
  }

  private void gauge(
      String name, String description, Supplier<Instant> value, String clientId, String scope) {
    Gauge.builder(name, () -> value.get().getEpochSecond())
        .description(description)
        .tag("client_id", clientId)
        .tag("scope", scope)
        .register(registry);
  }
}

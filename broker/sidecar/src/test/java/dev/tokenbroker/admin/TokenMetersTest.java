package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When tokens end and when they last came, in series that no caller can make more of. */
class TokenMetersTest {

  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  private static final String ENDS = "token_broker_token_expiry_timestamp_seconds";
  private static final String CAME = "token_broker_token_exchange_timestamp_seconds";
  private static final TokenKey VAULT = key("app", "https://vault.azure.net/.default");

  private final BrokerMetrics metrics = new BrokerMetrics("1.2.3", new TokenFileState());
  private final Map<TokenKey, AccessToken> wanted = new LinkedHashMap<>();

  @BeforeEach
  void watch() {
    metrics.watchTokens(List.of(VAULT), List.of("app"), wanted::forEach);
  }

  @Test
  void aConfiguredResourceHasSeriesOfItsOwn() {
    exchange(VAULT, START, Duration.ofHours(1));

    assertThat(value(ENDS, "app", VAULT.scope())).isEqualTo(START.getEpochSecond() + 3600);
    assertThat(value(CAME, "app", VAULT.scope())).isEqualTo(START.getEpochSecond());
    assertThat(value(ENDS, "app", "other")).isZero();
    assertThat(value(CAME, "app", "other")).isZero();
  }

  @Test
  void ofAllOtherResourcesTheSoonestEndAndTheLatestExchangeAreTold() {
    exchange(key("app", "b/.default"), START, Duration.ofHours(1));
    exchange(key("app", "a/.default"), START.plusSeconds(5), Duration.ofMinutes(20));
    exchange(VAULT.handlingClaimsChallenges(), START.plusSeconds(9), Duration.ofHours(20));

    assertThat(value(ENDS, "app", "other")).isEqualTo(START.getEpochSecond() + 5 + 1200);
    assertThat(value(CAME, "app", "other")).isEqualTo(START.getEpochSecond() + 9);
    assertThat(value(ENDS, "app", VAULT.scope())).isZero();
  }

  @Test
  void whatNobodyWantsAnyMoreHasNoEnd() {
    exchange(VAULT, START, Duration.ofHours(1));
    assertThat(value(ENDS, "app", VAULT.scope())).isPositive();

    wanted.clear();

    assertThat(value(ENDS, "app", VAULT.scope())).isZero();
    assertThat(value(CAME, "app", VAULT.scope())).isPositive();
  }

  @Test
  void inventedIdentitiesAndResourcesMakeNoSeriesAndNoTokenIsShown() {
    long before = metrics.scrape().lines().count();

    for (int i = 0; i < 100; i++) {
      exchange(key("invented" + i, "invented" + i), START.plusSeconds(i), Duration.ofHours(1));
    }

    assertThat(metrics.scrape().lines().count()).isEqualTo(before);
    assertThat(metrics.scrape()).doesNotContain("invented").doesNotContain("eyJ.value");
    assertThat(value(ENDS, "other", "other")).isEqualTo(START.getEpochSecond() + 3600);
  }

  private void exchange(TokenKey key, Instant at, Duration life) {
    AccessToken token = new AccessToken("eyJ.value", at, at.plus(life), Optional.empty());
    wanted.put(key, token);
    metrics.on(new CacheEvent.Exchanged(key, token, at.plus(life), Duration.ZERO));
  }

  private double value(String meter, String clientId, String scope) {
    String series = meter + "{client_id=\"" + clientId + "\",scope=\"" + scope + "\"} ";
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series));
  }

  private static TokenKey key(String clientId, String scope) {
    return new TokenKey("https://login.test", "t", clientId, scope);
  }
}

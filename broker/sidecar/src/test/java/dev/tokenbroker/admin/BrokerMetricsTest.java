package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.endpoint.RequestOutcome;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BrokerMetricsTest {

  private static final TokenKey KEY =
      new TokenKey("https://login.test", "t", "client", "https://vault.azure.net/.default");
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private final TokenFileState tokenFile = new TokenFileState();
  private final BrokerMetrics metrics = new BrokerMetrics("1.2.3", tokenFile);

  @Test
  void theDocumentationListsEveryMeterAndNoOther() throws IOException {
    metrics.watchLog(() -> 0);
    metrics.watchLogLimit(() -> 0);
    metrics.watchThreads(() -> 0);
    metrics.watch(() -> 0, () -> false);

    Set<String> scraped =
        metrics
            .scrape()
            .lines()
            .filter(line -> line.startsWith("# TYPE "))
            .map(line -> line.substring("# TYPE ".length()).replaceAll(" .*", ""))
            .map(name -> name.replaceAll("_max$", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented(Files.readString(Path.of("../../docs/metrics.md")))).isEqualTo(scraped);
  }

  private static Set<String> documented(String page) {
    Set<String> names = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|").matcher(page);
    while (row.find()) {
      names.add(row.group(1));
    }
    return names;
  }

  @Test
  void everyOutcomeOfTheEndpointHasACounterThatStartsAtZero() {
    for (RequestOutcome outcome : RequestOutcome.values()) {
      assertThat(value("token_broker_requests_total{dialect=\"imds\",outcome=\"%s\"}", outcome))
          .isZero();
    }
    assertThat(LabelledCounters.OUTCOMES)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RequestOutcome.values()).map(RequestOutcome::label).toList());
  }

  @Test
  void aDialectThatNobodyKnowsMakesNoNewSeries() {
    long before = metrics.scrape().lines().count();

    metrics.request("invented", "served");

    assertThat(value("token_broker_requests_total{dialect=\"other\",outcome=\"other\"}")).isOne();
    assertThat(metrics.scrape().lines().count()).isEqualTo(before);
  }

  @Test
  void aRefusalCountsUnderItsFamilyAndAnUnknownOneUnderOther() {
    refuse(7002138);
    refuse(7000272);
    refuse(700251);
    refuse(1002012);
    refuse(90036);
    refuse(424242);

    assertThat(value("token_broker_refusals_total{aadsts=\"70025\"}")).isOne();
    assertThat(value("token_broker_refusals_total{aadsts=\"1002012\"}")).isOne();
    assertThat(value("token_broker_refusals_total{aadsts=\"90036\"}")).isOne();
    assertThat(value("token_broker_refusals_total{aadsts=\"700213\"}")).isOne();
    assertThat(value("token_broker_refusals_total{aadsts=\"7000272\"}")).isOne();
    assertThat(value("token_broker_refusals_total{aadsts=\"700027\"}")).isZero();
    assertThat(value("token_broker_refusals_total{aadsts=\"other\"}")).isOne();
    assertThat(value("token_broker_exchanges_total{outcome=\"rejected\"}")).isEqualTo(6);
  }

  @Test
  void aFailureThatNoCallerNoticesIsCountedAsHidden() {
    refuse(700213);
    assertThat(value("token_broker_exchange_failures_hidden_total")).isZero();

    metrics.on(
        new CacheEvent.ExchangeFailed(
            KEY,
            new TokenFailure.Unavailable("gone", Optional.empty()),
            Duration.ZERO,
            START,
            true));
    assertThat(value("token_broker_exchange_failures_hidden_total")).isOne();
  }

  @Test
  void aTokenServedThoughItsRenewalFailedIsCounted() {
    metrics.on(new CacheEvent.ServedDuringFailure(KEY));

    assertThat(value("token_broker_served_during_failure_total")).isOne();
  }

  @Test
  void aProjectedTokenThatCannotBeUsedHasNoEnd() {
    tokenFile.usable(
        new FederatedClaims("https://issuer", "system:x", List.of("aud"), START, START));
    assertThat(value("token_broker_federated_token_expiry_timestamp_seconds"))
        .isEqualTo(START.getEpochSecond());

    tokenFile.unusable("gone");
    assertThat(value("token_broker_federated_token_expiry_timestamp_seconds")).isZero();
  }

  @Test
  void whatWasNeverSentIsNoExchangeAndTookNoTime() {
    fail(new TokenFailure.NotAsked("Entra is left alone", Optional.empty(), false));
    fail(new TokenFailure.NoAssertion("no file"));
    fail(new TokenFailure.Unavailable("gone", Optional.empty()));

    assertThat(value("token_broker_exchanges_spared_total")).isOne();
    assertThat(value("token_broker_exchanges_total{outcome=\"unavailable\"}")).isOne();
    assertThat(value("token_broker_exchange_seconds_count")).isOne();
  }

  private void fail(TokenFailure failure) {
    metrics.on(new CacheEvent.ExchangeFailed(KEY, failure, Duration.ZERO, START, false));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theProcessIsSeenAsTheKernelSeesIt() {
    assertThat(value("process_resident_memory_bytes")).isGreaterThan(10_000_000);
    assertThat(value("process_threads")).isGreaterThanOrEqualTo(Thread.activeCount());
    assertThat(value("process_cpu_seconds_total")).isPositive();
  }

  private void refuse(int aadsts) {
    fail(
        new TokenFailure.Rejected(
            "e", aadsts, "m", "c", Optional.empty(), TokenFailure.Outlook.LASTING));
  }

  private double value(String series, Object... arguments) {
    String name = series.formatted(Arrays.stream(arguments).map(this::label).toArray());
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + name));
  }

  private Object label(Object argument) {
    return argument instanceof RequestOutcome outcome ? outcome.label() : argument;
  }
}

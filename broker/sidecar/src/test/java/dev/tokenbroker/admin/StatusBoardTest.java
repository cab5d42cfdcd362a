package dev.tokenbroker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedClaims;
import dev.tokenbroker.cache.CacheEvent;
import dev.tokenbroker.testing.ManualClock;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.Remedy;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Outlook;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusBoardTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final TokenKey KEY =
      new TokenKey("https://login.test", "tenant", "client-a", "https://vault.azure.net/.default");

  private final ManualClock clock = new ManualClock(START);
  private final TokenFileState tokenFile = new TokenFileState();
  private final StatusBoard board =
      new StatusBoard(
          new BrokerInfo(
              "1.2.3",
              START,
              "Entra",
              Optional.of("https://login.test"),
              Optional.of("/token"),
              Map.of("client-a", "orders")),
          clock,
          tokenFile,
          () -> false,
          () -> Optional.of("waiting"));

  @Test
  void aConfiguredKeyIsThereBeforeItsFirstExchange() {
    board.show(List.of(KEY));

    assertThat(token().getString("state")).isEqualTo("waiting");
    assertThat(token().getString("identity")).isEqualTo("orders");
    assertThat(status().getBoolean("ready")).isFalse();
    assertThat(status().getString("obstacle")).isEqualTo("waiting");
  }

  @Test
  void aHeldTokenShowsItsLifeAndNeverItself() {
    exchanged(KEY);

    assertThat(token().getString("state")).isEqualTo("valid");
    assertThat(token().getString("refreshAt")).isEqualTo("2026-01-02T03:49:05Z");
    assertThat(token().getString("expiresAt")).isEqualTo("2026-01-02T04:04:05Z");
    assertThat(board.json()).doesNotContain("eyJ.secret");
  }

  @Test
  void aRenewalThatFailsLeavesAValidTokenStaleAndAnEndedOneRefused() {
    exchanged(KEY);
    failed("Ask again.");

    assertThat(token().getString("state")).isEqualTo("stale");

    clock.advance(HOUR);

    assertThat(token().getString("state")).isEqualTo("refused");
  }

  @Test
  void aSelectorThatNoEndpointKnowsIsToldOnceForEachName() {
    for (String spelling : List.of("objectId", "objectId", "mi_client_id")) {
      board.strayed(spelling);
    }
    for (int i = 0; i < 100; i++) {
      board.strayed("client-id" + i);
    }

    assertThat(board.json().split("by objectId, which no endpoint knows")).hasSize(2);
    assertThat(board.json().split("which no endpoint knows")).hasSize(17);
  }

  @Test
  void strayedSelectorsStayOnTheBoardHoweverManyEventsFollow() {
    board.strayed("objectId");
    clock.advance(HOUR);
    board.strayed("objectId");
    for (int i = 0; i < 2 * RecentEvents.MAX; i++) {
      exchanged(KEY);
    }

    assertThat(status().getJsonArray("straySelectors"))
        .containsExactly(
            new JsonObject()
                .put("name", "objectId")
                .put("requests", 2)
                .put("lastAt", "2026-01-02T04:04:05Z"));
  }

  @Test
  void aRefusalShowsCauseFixAndTheCommandOnItsOwn() {
    failed(
        Remedy.of("Entra knows no such credential", "create it with")
            .withCommand("az identity federated-credential create --name x"));

    JsonObject trouble = token().getJsonObject("trouble");
    assertThat(trouble.getString("message")).isEqualTo("AADSTS700213: no match");
    assertThat(trouble.getString("fix"))
        .isEqualTo("Entra knows no such credential: create it with");
    assertThat(trouble.getString("command"))
        .isEqualTo("az identity federated-credential create --name x");
    assertThat(trouble.getInteger("aadsts")).isEqualTo(700213);
  }

  @Test
  void whatEntraWasNotAskedIsNoEventAndHidesNoRefusal() {
    failed("Ask again.");
    int before = status().getJsonArray("events").size();
    spared();

    assertThat(status().getJsonArray("events")).hasSize(before);
    JsonObject trouble = token().getJsonObject("trouble");
    assertThat(trouble.getInteger("aadsts")).isEqualTo(700213);
    assertThat(trouble.getString("retryAt")).isEqualTo("2026-01-02T03:04:15Z");
  }

  @Test
  void aTokenThatWasNeverAskedForSaysWhy() {
    spared();

    assertThat(token().getString("state")).isEqualTo("refused");
    assertThat(token().getJsonObject("trouble").getString("message"))
        .isEqualTo("left alone; try again in 10 s");
  }

  @Test
  void theNextTokenEndsTheTrouble() {
    failed("Ask again.");
    exchanged(KEY);

    assertThat(token().containsKey("trouble")).isFalse();
    assertThat(status().getJsonObject("upstream").getString("lastExchange"))
        .isEqualTo(START.toString());
  }

  @Test
  void inventedKeysPushEachOtherOutAndNeverAConfiguredOne() {
    board.show(List.of(KEY));
    for (int i = 0; i < StatusBoard.MAX_OTHERS + 10; i++) {
      exchanged(new TokenKey("https://login.test", "tenant", "client-a", "invented-" + i));
    }

    List<String> scopes =
        status().getJsonArray("tokens").stream()
            .map(each -> ((JsonObject) each).getString("scope"))
            .toList();
    assertThat(scopes).hasSize(StatusBoard.MAX_OTHERS + 1).contains(KEY.scope(), "invented-59");
    assertThat(scopes).doesNotContain("invented-9");
  }

  @Test
  void aKeyThatLeftTheCacheLeavesTheBoard() {
    exchanged(KEY);
    board.on(new CacheEvent.Dropped(KEY));

    assertThat(status().getJsonArray("tokens")).isEmpty();
  }

  @Test
  void theProjectedTokenIsShownByItsClaims() {
    tokenFile.usable(
        new FederatedClaims("https://issuer", "system:x", List.of("aud"), START, START.plus(HOUR)));

    JsonObject pod = status().getJsonObject("federatedToken");
    assertThat(pod.getString("issuer")).isEqualTo("https://issuer");
    assertThat(pod.getString("subject")).isEqualTo("system:x");
    assertThat(pod.getString("expiresAt")).isEqualTo("2026-01-02T04:04:05Z");
  }

  @Test
  void aProblemOfTheTokenFileIsOneEventUntilItIsOver() {
    tokenFile.unusable("it is empty");
    tokenFile.unusable("it is empty");

    assertThat(eventsNaming("it is empty")).isEqualTo(1);
    assertThat(status().getJsonObject("federatedToken").getString("problem"))
        .isEqualTo("it is empty");
  }

  @Test
  void onlyTheLastEventsAreKept() {
    for (int i = 0; i < 2 * RecentEvents.MAX; i++) {
      exchanged(KEY);
    }

    assertThat(status().getJsonArray("events")).hasSize(RecentEvents.MAX);
  }

  private void exchanged(TokenKey key) {
    Instant now = clock.instant();
    AccessToken token = new AccessToken("eyJ.secret", now, now.plus(HOUR), Optional.empty());
    board.on(new CacheEvent.Exchanged(key, token, now.plus(Duration.ofMinutes(45)), Duration.ZERO));
  }

  private void failed(String fix) {
    failed(Remedy.of("", fix));
  }

  private void failed(Remedy remedy) {
    TokenFailure failure =
        new TokenFailure.Rejected(
            "invalid_client",
            700213,
            "AADSTS700213: no match",
            "id",
            Optional.of(remedy),
            Outlook.LASTING);
    failed(failure, 30);
  }

  private void spared() {
    failed(new TokenFailure.NotAsked("left alone", Optional.empty(), false), 10);
  }

  private void failed(TokenFailure failure, long retryInSeconds) {
    board.on(
        new CacheEvent.ExchangeFailed(
            KEY, failure, Duration.ZERO, clock.instant().plusSeconds(retryInSeconds), false));
  }

  private JsonObject status() {
    return new JsonObject(board.json());
  }

  private JsonObject token() {
    return status().getJsonArray("tokens").getJsonObject(0);
  }

  private long eventsNaming(String text) {
    return status().getJsonArray("events").stream()
        .filter(each -> ((JsonObject) each).getString("text").equals(text))
        .count();
  }
}

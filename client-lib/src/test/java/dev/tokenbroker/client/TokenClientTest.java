package dev.tokenbroker.client;

import static dev.tokenbroker.client.ClientRig.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClientTest {

  private final ClientRig rig = new ClientRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aTokenCarriesWhatTheBrokerSaid() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)));

    assertThat(rig.client.token(VAULT))
        .isEqualTo(
            new Token(
                "t1",
                VAULT,
                ManualTime.START.plus(Duration.ofMinutes(60)),
                ManualTime.START.plus(Duration.ofMinutes(55))));
  }

  @ParameterizedTest
  @CsvSource({
    "https://vault.azure.net/.default, https://vault.azure.net",
    "https://database.windows.net//.default, https://database.windows.net/",
    "https://database.windows.net/, https://database.windows.net/",
    "api://a b is no resource but this is/.defaults, ''",
    "https://graph.microsoft.com/User.Read, https://graph.microsoft.com/User.Read",
    "00000000-0000-0000-0000-000000000001/.default, 00000000-0000-0000-0000-000000000001"
  })
  void onlyDefaultIsCutOffAScope(String scope, String resource) {
    rig.broker.answers(rig.token("t", Duration.ofHours(1)));
    if (resource.isEmpty()) {
      assertThatIllegalArgumentException().isThrownBy(() -> rig.client.token(scope));
      return;
    }
    rig.client.token(scope);
    assertThat(rig.broker.onlySeen().query()).containsEntry("resource", resource);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "/.default", "https://bücher.example", "a\r\nb"})
  void whatCannotBeAResourceIsNotAskedFor(String resource) {
    assertThatIllegalArgumentException().isThrownBy(() -> rig.client.tokenAsync(resource));
    assertThat(rig.broker.seen()).isEmpty();
  }

  @Test
  void anIdentityIsNamedToTheBroker() {
    rig.broker.answers(rig.token("t", Duration.ofHours(1)));
    rig.builder().clientId("c1").build().token(VAULT);
    rig.builder().objectId("o1").build().token(VAULT);
    rig.builder().resourceId("/subscriptions/1 2").build().token(VAULT);
    rig.builder().environment(Map.of("AZURE_CLIENT_ID", "c2")).build().token(VAULT);
    rig.builder().environment(Map.of("AZURE_CLIENT_ID", "c2")).clientId("c3").build().token(VAULT);

    assertThat(rig.broker.seen())
        .extracting(seen -> seen.query().toString())
        .satisfiesExactly(
            query -> assertThat(query).contains("client_id=c1"),
            query -> assertThat(query).contains("object_id=o1"),
            query -> assertThat(query).contains("mi_res_id=/subscriptions/1 2"),
            query -> assertThat(query).contains("client_id=c2"),
            query -> assertThat(query).contains("client_id=c3"));
  }

  @Test
  void aHeldTokenIsNotAskedForAgain() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)), rig.token("t2", Duration.ofHours(2)));
    rig.client.token(VAULT);
    rig.time.advance(Duration.ofMinutes(55).minusSeconds(1));

    assertThat(rig.client.token(VAULT + "/.default").value()).isEqualTo("t1");
    assertThat(rig.broker.seen()).hasSize(1);
  }

  @Test
  void aTokenIsRenewedFiveMinutesBeforeItsEnd() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)), rig.token("t2", Duration.ofHours(2)));
    rig.client.token(VAULT);
    rig.time.advance(Duration.ofMinutes(55));

    assertThat(rig.client.token(VAULT).value()).isEqualTo("t2");
  }

  @Test
  void aShortTokenIsRenewedHalfway() {
    rig.broker.answers(
        rig.token("t1", Duration.ofMinutes(4)), rig.token("t2", Duration.ofHours(1)));
    rig.client.token(VAULT);
    rig.time.advance(Duration.ofSeconds(119));
    assertThat(rig.client.token(VAULT).value()).isEqualTo("t1");
    rig.time.advance(Duration.ofSeconds(1));
    assertThat(rig.client.token(VAULT).value()).isEqualTo("t2");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 429, 503})
  void aFailedRenewalReachesNobodyAndIsNotRepeatedAtOnce(int status) {
    rig.broker.answers(
        rig.token("t1", Duration.ofHours(1)), Reply.refused(status, "some_error", "No"));
    rig.client.token(VAULT);
    rig.time.advance(Duration.ofMinutes(56));

    assertThat(rig.client.token(VAULT).value()).isEqualTo("t1");
    assertThat(rig.client.token(VAULT).value()).isEqualTo("t1");
    assertThat(rig.broker.seen()).hasSize(2);
    assertThat(rig.time.pauses).isEmpty();

    rig.time.advance(Duration.ofSeconds(30));
    rig.broker.answers(rig.token("t2", Duration.ofHours(1)));
    assertThat(rig.client.token(VAULT).value()).isEqualTo("t2");
  }

  @Test
  void aHeldTokenOutlivesTheBrokerButNotItsEnd() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)));
    rig.client.token(VAULT);
    rig.broker.close();
    rig.time.advance(Duration.ofMinutes(60).minusSeconds(1));
    assertThat(rig.client.token(VAULT).value()).isEqualTo("t1");

    rig.time.advance(Duration.ofSeconds(1));
    assertThat(rig.client.tokenAsync(VAULT))
        .failsWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withCauseInstanceOf(TokenException.Unavailable.class);
  }

  @Test
  void aTokenThatTheResourceTurnedAwayIsNamedByItsHash() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)), rig.token("t2", Duration.ofHours(1)));
    Token first = rig.client.token(VAULT);
    assertThat(rig.client.tokenInsteadOf(first).value()).isEqualTo("t2");
    assertThat(rig.broker.seen().get(1).query())
        .containsEntry(
            "token_sha256_to_refresh",
            "628b49d96dcde97a430dd4f597705899e09a968f793491e4b704cae33a40dc02");

    // Another thread got there first.
    assertThat(rig.client.tokenInsteadOf(first).value()).isEqualTo("t2");
    assertThat(rig.client.token(VAULT).value()).isEqualTo("t2");
    assertThat(rig.broker.seen()).hasSize(2);
  }

  @Test
  void heldTokensAreBoundedAndTheLeastUsedLeaves() {
    rig.broker.answers(rig.token("t", Duration.ofHours(1)));
    for (int i = 0; i <= HeldTokens.MAX_TOKENS; i++) {
      rig.client.token("r" + i);
      rig.client.token("r0");
    }
    assertThat(rig.broker.seen()).hasSize(HeldTokens.MAX_TOKENS + 1);
    rig.client.token("r0");
    rig.client.token("r1");
    assertThat(rig.broker.seen()).hasSize(HeldTokens.MAX_TOKENS + 2);
  }
}

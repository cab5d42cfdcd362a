package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.config.IdentitiesConfig;
import dev.tokenbroker.endpoint.RawClient.Response;
import dev.tokenbroker.exchange.LogCapture;
import dev.tokenbroker.identity.Tokens;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenKey;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which identity a request gets a token of. */
class SelectorsTest {

  private static final String RESOURCE_ID = "/subscriptions/5/userAssignedIdentities/two";
  private static final String OTHER = "99999999-9999-9999-9999-99999999999c";

  private ListenerRig rig = new ListenerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private void use(ListenerRig other) {
    rig.close();
    rig = other;
  }

  private String clientIdFor(String selector) throws IOException {
    return ListenerRig.json(rig.ask("resource=r&" + selector)).getString("client_id");
  }

  @Test
  void withoutASelectorTheDefaultIsServed() throws IOException {
    assertThat(clientIdFor("")).isEqualTo(ListenerRig.ONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "clientid", "CLIENT_ID", "ClientId", "client%5Fid"})
  void aClientIdIsTakenUnderEachOfItsNames(String name) throws IOException {
    assertThat(clientIdFor(name + "=" + ListenerRig.TWO.toUpperCase(Locale.ROOT)))
        .isEqualTo(ListenerRig.TWO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"object_id", "principal_id", "Object_Id"})
  void anObjectIdIsLearnedOnTheVeryFirstRequest(String name) throws IOException {
    assertThat(clientIdFor(name + "=OBJECT-two")).isEqualTo(ListenerRig.TWO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mi_res_id", "msi_res_id", "msi-res-id", "resource_id", "MSI_RES_ID"})
  void aResourceIdIsLearnedOnTheVeryFirstRequest(String name) throws IOException {
    rig.source.give(
        ListenerRig.TWO, Tokens.jwt("{\"oid\":\"o\",\"xms_mirid\":\"" + RESOURCE_ID + "\"}"));

    assertThat(clientIdFor(name + "=" + RESOURCE_ID.toLowerCase(Locale.ROOT)))
        .isEqualTo(ListenerRig.TWO);
  }

  @Test
  void theOdbcDriverGetsATokenOfTheOnlyIdentityByItsObjectId() throws IOException {
    use(new ListenerRig(ListenerRig.options(), ListenerRig.identity("only", ListenerRig.ONE)));

    assertThat(clientIdFor("api-version=2018-02-01&object_id=object-one"))
        .isEqualTo(ListenerRig.ONE);
    // Found by a token for the resource asked for, so no other resource was ever named to Entra.
    assertThat(rig.source.requested()).extracting(TokenKey::scope).containsOnly("r/.default");
  }

  @Test
  void aLearnedObjectIdNeedsNoSecondSearch() throws IOException {
    clientIdFor("object_id=object-two");
    int before = rig.source.requested().size();

    assertThat(clientIdFor("object_id=object-two")).isEqualTo(ListenerRig.TWO);
    assertThat(rig.source.requested()).hasSize(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "object_id=unknown",
        "mi_res_id=/unknown",
        "client_id=" + OTHER,
        "client_id=default",
        "client_id=system"
      })
  void anUnknownIdIsRefusedAndNeverMeansTheDefault(String selector) throws IOException {
    Response response = rig.ask("resource=r&" + selector);

    assertThat(response.status()).isEqualTo(400);
    assertThat(ListenerRig.json(response).getString("error")).isEqualTo("invalid_request");
    assertThat(ListenerRig.json(response).getString("error_description"))
        .startsWith("Identity not found: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id=default | client_id must be a GUID",
        "client_id=" + OTHER + " | no configured identity has this client_id",
        "object_id=unknown | identities[].objectId",
        "mi_res_id=/unknown | identities[].resourceId",
      })
  void whyAnIdentityIsNotFoundIsSaidWithTheNamesOfThoseThereAre(String selector, String why)
      throws IOException {
    assertThat(ListenerRig.json(rig.ask("resource=r&" + selector)).getString("message"))
        .contains(why)
        .contains("Configured: one, two");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "principalId",
        "objectId",
        "msiResId",
        "resourceId",
        "mi_client_id",
        "client-id",
        "mi%5Fclient%5Fid"
      })
  void anUnknownSpellingThatNamesAConfiguredIdentityMeansIt(String name) throws IOException {
    assertThat(clientIdFor(name + "=" + ListenerRig.TWO)).isEqualTo(ListenerRig.TWO);
  }

  @Test
  void anUnknownSpellingIsIgnoredOtherwiseAndSaidOnce() throws IOException {
    try (LogCapture log = new LogCapture()) {
      assertThat(clientIdFor("objectId=unheard-of")).isEqualTo(ListenerRig.ONE);
      assertThat(clientIdFor("objectId=another")).isEqualTo(ListenerRig.ONE);
      assertThat(clientIdFor("managedIdentity=no-selector-at-all")).isEqualTo(ListenerRig.ONE);

      assertThat(log.text())
          .containsOnlyOnce("objectId")
          .contains("client_id, object_id, mi_res_id");
      assertThat(log.text()).doesNotContain("unheard-of").doesNotContain("managedIdentity");
    }
  }

  @Test
  void aProperSelectorOutranksAnUnknownSpelling() throws IOException {
    assertThat(clientIdFor("objectId=" + ListenerRig.ONE + "&client_id=" + ListenerRig.TWO))
        .isEqualTo(ListenerRig.TWO);
  }

  @Test
  void anObjectIdStaysUnknownWhereTokensAreOpaque() throws IOException {
    rig.source.give(ListenerRig.ONE, Tokens.opaque("opaque"));
    rig.source.give(ListenerRig.TWO, Tokens.opaque("opaque"));

    assertThat(rig.ask("resource=r&object_id=object-one").status()).isEqualTo(400);
  }

  @Test
  void oneBrokenCandidateDoesNotHideAnother() throws IOException {
    rig.source.fail(ListenerRig.ONE, new TokenFailure.Unavailable("down", Optional.empty()));

    assertThat(clientIdFor("object_id=object-two")).isEqualTo(ListenerRig.TWO);
  }

  @Test
  void whatCannotBeLookedUpNowIsNotCalledUnknown() throws IOException {
    rig.source.fail(ListenerRig.TWO, new TokenFailure.Unavailable("down", Optional.empty()));

    assertThat(rig.ask("resource=r&object_id=object-two").status()).isEqualTo(503);
  }

  @Test
  void aSearchAsksForNothingThatPolicyForbids() throws IOException {
    use(
        new ListenerRig(
            ListenerRig.options(),
            ListenerRig.identity("one", ListenerRig.ONE, "https://vault.azure.net")));

    assertThat(rig.ask("resource=r&object_id=object-one").status()).isEqualTo(400);
    assertThat(rig.source.requested()).isEmpty();
  }

  @Test
  void policyRefusesAResourceThatIsNotListed() throws Exception {
    use(
        new ListenerRig(
            ListenerRig.options(),
            ListenerRig.identity("one", ListenerRig.ONE, "https://vault.azure.net")));

    assertThat(rig.ask("resource=" + ListenerRig.VAULT).status()).isEqualTo(200);
    Response refused = rig.ask("resource=https://management.azure.com");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("unreachable");
    assertThat(rig.source.requested()).hasSize(1);
    rig.awaitFinished();
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.FORBIDDEN, 403));
  }

  @Test
  void withoutConfiguredIdentitiesAnyClientIdIsExchangedAsItself() throws IOException {
    use(
        new ListenerRig(
            ListenerRig.options(),
            new IdentitiesConfig(List.of(), Optional.empty(), Optional.of("t"))));
    rig.source.give(OTHER, Tokens.of("o"));

    assertThat(clientIdFor("client_id=" + OTHER)).isEqualTo(OTHER);
    assertThat(rig.source.requested()).extracting(TokenKey::tenant).containsExactly("t");
  }

  @Test
  void withoutADefaultTheCallerIsToldToNameAnIdentity() throws IOException {
    use(
        new ListenerRig(
            ListenerRig.options(),
            new IdentitiesConfig(List.of(), Optional.empty(), Optional.of("t"))));

    Response response = rig.ask("resource=r");

    assertThat(response.status()).isEqualTo(400);
    assertThat(ListenerRig.json(response).getString("message")).contains("client_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id=" + ListenerRig.ONE + "&client_id=" + ListenerRig.TWO,
        "client_id=" + ListenerRig.ONE + "&object_id=object-one",
        "object_id=a&mi_res_id=a"
      })
  void twoDifferentSelectorsAreRefused(String selectors) throws IOException {
    assertThat(rig.ask("resource=r&" + selectors).status()).isEqualTo(400);
    assertThat(rig.source.requested()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id=" + ListenerRig.TWO + "&clientid=22222222-2222-2222-2222-22222222222B",
        "client_id=" + ListenerRig.TWO + "&object_id=",
        "client_id=&clientid=" + ListenerRig.TWO
      })
  void theSameSelectorTwiceAndAnEmptyOneDoNoHarm(String selectors) throws IOException {
    assertThat(clientIdFor(selectors)).isEqualTo(ListenerRig.TWO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id=%zz", "object_id=%ff"})
  void aBrokenSelectorIsRefusedInsteadOfIgnored(String selector) throws IOException {
    assertThat(rig.ask("resource=r&" + selector).status()).isEqualTo(400);
    assertThat(rig.ask("resource=r&client_id=" + "a".repeat(513)).status()).isEqualTo(400);
    assertThat(rig.source.requested()).isEmpty();
  }
}

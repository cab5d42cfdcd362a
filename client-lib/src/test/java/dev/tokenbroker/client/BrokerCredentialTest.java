package dev.tokenbroker.client;

import static dev.tokenbroker.client.ClientRig.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerCredentialTest {

  private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  private static final String OTHER_TENANT = "11111111-2222-3333-4444-555555555555";

  private final ClientRig rig = new ClientRig();
  private final BrokerCredential credential = new BrokerCredential(rig.client);

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theTokenComesWithItsEndAndTheTimeToRenewIt() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)));

    AccessToken token = credential.getTokenSync(context());
    assertThat(token.getToken()).isEqualTo("t1");
    assertThat(token.getExpiresAt().toInstant())
        .isEqualTo(ManualTime.START.plus(Duration.ofMinutes(60)));
    assertThat(token.getRefreshAt().toInstant())
        .isEqualTo(ManualTime.START.plus(Duration.ofMinutes(55)));
    assertThat(rig.broker.onlySeen().query())
        .containsEntry("resource", VAULT)
        .doesNotContainKeys("xms_cc", "token_sha256_to_refresh");
  }

  @Test
  void nothingIsAskedBeforeSomebodySubscribes() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)));
    var token = credential.getToken(context()).map(AccessToken::getToken);
    assertThat(rig.broker.seen()).isEmpty();

    assertThat(token.block()).isEqualTo("t1");
  }

  @Test
  void aTokenForContinuousAccessIsHeldApart() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)), rig.token("t2", Duration.ofHours(1)));
    credential.getTokenSync(context());

    assertThat(credential.getTokenSync(context().setCaeEnabled(true)).getToken()).isEqualTo("t2");
    assertThat(rig.broker.seen().get(1).query()).containsEntry("xms_cc", "cp1");
    assertThat(credential.getTokenSync(context()).getToken()).isEqualTo("t1");
    assertThat(rig.broker.seen()).hasSize(2);
  }

  @Test
  void aClaimsChallengeGoesPastTheCacheAndNamesTheTokenTurnedAway() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)), rig.token("t2", Duration.ofHours(1)));
    BrokerCredential appService = new BrokerCredential(appServiceClient());
    appService.getTokenSync(context().setCaeEnabled(true));
    TokenRequestContext challenged =
        context().setCaeEnabled(true).setClaims("{\"access_token\":{}}");

    assertThat(appService.getTokenSync(challenged).getToken()).isEqualTo("t2");
    assertThat(rig.broker.seen().get(1).query())
        .containsEntry("api-version", "2025-03-30")
        .containsEntry("xms_cc", "cp1")
        .containsEntry(
            "token_sha256_to_refresh",
            "628b49d96dcde97a430dd4f597705899e09a968f793491e4b704cae33a40dc02");
    assertThat(appService.getTokenSync(context().setCaeEnabled(true)).getToken()).isEqualTo("t2");
    assertThat(rig.broker.seen()).hasSize(2);
  }

  @Test
  void aChallengeWithNothingHeldNamesNoToken() {
    rig.broker.answers(rig.token("t1", Duration.ofHours(1)));
    credential.getTokenSync(context().setClaims("{}"));

    assertThat(rig.broker.onlySeen().query())
        .containsEntry("xms_cc", "cp1")
        .doesNotContainKey("token_sha256_to_refresh");
  }

  @Test
  void theTokensOwnTenantMayBeAskedFor() {
    rig.broker.answers(rig.token(Jwt.ofTenant(TENANT), Duration.ofHours(1)));

    for (String tenant :
        new String[] {TENANT, TENANT.toUpperCase(Locale.ROOT), "contoso.onmicrosoft.com"}) {
      assertThat(credential.getTokenSync(context().setTenantId(tenant)).getToken())
          .isEqualTo(Jwt.ofTenant(TENANT));
    }
  }

  @Test
  void anotherTenantIsAClearError() {
    rig.broker.answers(rig.token(Jwt.ofTenant(TENANT), Duration.ofHours(1)));
    TokenRequestContext other = context().setTenantId(OTHER_TENANT);

    assertThatThrownBy(() -> credential.getTokenSync(other))
        .isInstanceOf(ClientAuthenticationException.class)
        .hasMessageContainingAll(TENANT, OTHER_TENANT);
    assertThatThrownBy(() -> credential.getToken(other).block())
        .isInstanceOf(ClientAuthenticationException.class);
  }

  @Test
  void aTokenThatCannotBeReadPassesForAnyTenant() {
    rig.broker.answers(rig.token("a.%.b", Duration.ofHours(1)));

    assertThat(credential.getTokenSync(context().setTenantId(TENANT)).getToken())
        .isEqualTo("a.%.b");
  }

  @Test
  void thereMustBeExactlyOneScope() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> credential.getTokenSync(new TokenRequestContext()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> credential.getToken(context().addScopes("another")).block());
    assertThat(rig.broker.seen()).isEmpty();
  }

  @Test
  void aFailureIsWhatSdkUsersCatchWithOursAsItsCause() {
    rig.broker.answers(Reply.refused(403, "invalid_client", "AADSTS7000215: no. Do this"));

    ClientAuthenticationException failure =
        catchThrowableOfType(
            ClientAuthenticationException.class, () -> credential.getTokenSync(context()));
    assertThat(failure).hasMessageContaining("Do this");
    assertThat(failure.getCause()).isInstanceOf(TokenException.Rejected.class);
    assertThatThrownBy(() -> credential.getToken(context()).block())
        .isInstanceOf(ClientAuthenticationException.class)
        .hasCauseInstanceOf(TokenException.Rejected.class);
  }

  private static TokenRequestContext context() {
    return new TokenRequestContext().addScopes(VAULT + "/.default");
  }

  private TokenClient appServiceClient() {
    return TokenClient.builder()
        .environment(
            Map.of("IDENTITY_ENDPOINT", rig.broker.base() + "/msi/token", "IDENTITY_HEADER", "s"))
        .time(rig.time)
        .build();
  }
}

package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.exchange.LogCapture;
import dev.tokenbroker.token.TokenKey;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What policy refuses, and who hears of it. */
class PolicyTest {

  private final ListenerRig rig =
      new ListenerRig(
          ListenerRig.options(),
          ListenerRig.identity("one", ListenerRig.ONE, "https://vault.azure.net"));
  private final LogCapture log = new LogCapture();

  @AfterEach
  void close() {
    log.close();
    rig.close();
  }

  @Test
  void aResourceThatIsNotListedIsRefusedCountedEachTimeAndLoggedOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(rig.ask("resource=https://graph.microsoft.com").status()).isEqualTo(403);
      assertThat(rig.awaitFinished())
          .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.FORBIDDEN, 403));
    }
    rig.ask("resource=https://management.azure.com");

    assertThat(rig.source.requested()).isEmpty();
    assertThat(log.text())
        .containsOnlyOnce("Identity one is refused https://graph.microsoft.com:")
        .containsOnlyOnce("Identity one is refused https://management.azure.com:");
  }

  @Test
  void theRefusalNamesTheResourceTheIdentityAndTheSetting() throws IOException {
    assertThat(
            ListenerRig.json(rig.ask("resource=https://graph.microsoft.com"))
                .getString("error_description"))
        .contains("Identity one may not be asked for https://graph.microsoft.com")
        .contains("identities[].allowedResources");
  }

  @Test
  void aSlashAtTheEndMayDifferFromTheListAndTheAudienceStaysAsAsked() throws IOException {
    assertThat(rig.ask("resource=https://vault.azure.net/").status()).isEqualTo(200);
    assertThat(rig.source.requested())
        .extracting(TokenKey::scope)
        .containsExactly("https://vault.azure.net//.default");
  }

  @Test
  void aClientThatIsNotListedIsRefusedCountedEachTimeAndLoggedOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(rig.ask("resource=https://vault.azure.net&client_id=" + ListenerRig.TWO).status())
          .isEqualTo(400);
      assertThat(rig.awaitFinished())
          .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.IDENTITY_NOT_FOUND, 400));
    }

    assertThat(rig.source.requested()).isEmpty();
    assertThat(log.text()).containsOnlyOnce("client_id " + ListenerRig.TWO + " is refused");
  }

  @Test
  void aCallerWhoInventsResourcesCannotFillTheLog() throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      for (int i = 0; i < PolicyLog.SUBJECTS + 10; i++) {
        client.send(
            ListenerRig.request(
                "GET " + ListenerRig.TOKEN_PATH + "?resource=r" + i + " HTTP/1.1",
                "Metadata: true"));
        client.read();
      }
    }

    assertThat(log.text().split("is refused")).hasSize(PolicyLog.SUBJECTS + 1);
    assertThat(log.text()).containsOnlyOnce("counted, not logged");
  }
}

package dev.tokenbroker.client;

import static dev.tokenbroker.client.ClientRig.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {

  @Test
  void aTokenIsMaskedWhereverItIsPrinted() {
    try (ClientRig rig = new ClientRig()) {
      rig.broker.answers(rig.token("eyJsecret", Duration.ofHours(1)));
      Token token = rig.client.token(VAULT);

      assertThat(token.value()).isEqualTo("eyJsecret");
      assertThat(token.toString()).doesNotContain("secret").contains("***", VAULT);
      assertThat(new Answer.Granted(token).toString()).doesNotContain("secret");
      assertThat(Map.of("token", token).toString()).doesNotContain("secret");
      assertThat(Ask.of(VAULT).insteadOf(token).toString()).doesNotContain("secret");
    }
  }

  @Test
  void noFailureHoldsTheSecretOfTheBroker() {
    TokenClient client =
        TokenClient.builder()
            .environment(
                Map.of(
                    "IDENTITY_ENDPOINT",
                    "http://127.0.0.1:" + StubBroker.freePort() + "/msi/token",
                    "IDENTITY_HEADER",
                    "hunter2"))
            .time(new ManualTime())
            .build();
    StringWriter trace = new StringWriter();
    try {
      client.token(VAULT);
    } catch (TokenException.Unavailable e) {
      e.printStackTrace(new PrintWriter(trace, true));
    }
    assertThat(trace.toString()).contains("does not answer").doesNotContain("hunter2");
  }

  @Test
  void anAddressWithAPasswordIsNotRepeated() {
    URI base = URI.create("http://user:hunter2@127.0.0.1:1");
    assertThatIllegalStateException()
        .isThrownBy(() -> TokenClient.builder().broker(base).build())
        .withMessageContaining("without user")
        .withMessageNotContaining("hunter2");
  }

  @Test
  void aSecretThatNoHeaderCanCarryIsNotRepeated() {
    URI endpoint = URI.create("http://127.0.0.1:1/msi/token");
    assertThatIllegalStateException()
        .isThrownBy(() -> BrokerEndpoint.appService(endpoint, "hunter2\n"))
        .withMessageContaining("IDENTITY_HEADER")
        .withMessageNotContaining("hunter2");
  }
}

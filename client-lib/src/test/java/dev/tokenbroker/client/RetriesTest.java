package dev.tokenbroker.client;

import static dev.tokenbroker.client.ClientRig.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {

  private final ClientRig rig = new ClientRig();
  private final Reply token = rig.token("t", Duration.ofDays(1));

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anAppThatStartsBeforeTheBrokerWaitsForIt() {
    int port = StubBroker.freePort();
    AtomicReference<StubBroker> late = new AtomicReference<>();
    rig.time.duringPauses(
        count -> {
          if (count == 3) {
            late.set(new StubBroker(port).answers(token));
          }
        });
    TokenClient client = rig.builder().broker(URI.create("http://127.0.0.1:" + port)).build();

    assertThat(client.token(VAULT).value()).isEqualTo("t");
    assertThat(rig.time.pauses).hasSize(3);
    late.get().close();
  }

  @Test
  void aBrokerThatIsThereButNotReadyIsWaitedForToo() {
    rig.broker.answers(Reply.unavailable(5), Reply.unavailable(5), token);

    assertThat(rig.client.token(VAULT).value()).isEqualTo("t");
    assertThat(rig.time.elapsed()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aBrokerThatNeverComesIsGivenUpAtTheStartDeadline() {
    rig.broker.close();
    TokenClient client = rig.builder().startDeadline(Duration.ofSeconds(40)).build();

    TokenException.Unavailable failure = unavailable(client);
    assertThat(failure).hasMessageContaining("does not answer at " + rig.broker.base());
    assertThat(failure.getCause()).isInstanceOf(IOException.class);
    assertThat(rig.time.elapsed()).isBetween(Duration.ofSeconds(37), Duration.ofSeconds(40));
  }

  @Test
  void oneThatHasAnsweredBeforeIsGivenUpAtTheShorterDeadline() {
    rig.broker.answers(token);
    rig.client.token(VAULT);
    rig.broker.close();

    assertThat(
            catchThrowableOfType(
                TokenException.Unavailable.class, () -> rig.client.token("another")))
        .isNotNull();
    assertThat(rig.time.elapsed()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
  }

  @Test
  void aRestartOfTheBrokerIsSeenThrough() {
    rig.broker.answers(token);
    rig.client.token(VAULT);
    rig.broker.close();
    AtomicReference<StubBroker> restarted = new AtomicReference<>();
    rig.time.duringPauses(
        count -> {
          if (count == 2) {
            restarted.set(
                new StubBroker(rig.broker.port()).answers(rig.token("t2", Duration.ofHours(1))));
          }
        });

    assertThat(rig.client.token("another").value()).isEqualTo("t2");
    restarted.get().close();
  }

  @Test
  void throttlingIsWaitedOutAsAsked() {
    rig.broker.answers(Reply.throttled(7), token);

    assertThat(rig.client.token(VAULT).value()).isEqualTo("t");
    assertThat(rig.time.pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void aWaitBeyondTheDeadlineIsHandedToTheCallerAtOnce() {
    rig.broker.answers(Reply.throttled(3600), token);

    TokenException.Throttled failure =
        catchThrowableOfType(TokenException.Throttled.class, () -> rig.client.token(VAULT));
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(failure).hasMessageContaining("Entra asks us to slow down");
    assertThat(rig.time.pauses).isEmpty();
  }

  @Test
  void anOutageBeyondTheDeadlineSaysWhenToComeBack() {
    rig.broker.answers(Reply.unavailable(60));

    assertThat(unavailable(rig.client).retryAfter()).contains(Duration.ofMinutes(1));
    assertThat(rig.broker.seen()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-1", "99999999999999999999", "Tue, 24 Nov 2026 10:00:00 GMT"})
  void aRetryAfterThatIsNoNumberOfSecondsCountsAsNone(String value) {
    rig.broker.answers(Reply.throttled(1).with("Retry-After", value), token);

    assertThat(rig.client.token(VAULT).value()).isEqualTo("t");
    assertThat(rig.time.elapsed()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403})
  void aRefusalIsToldAtOnceWithTheBrokersHint(int status) {
    String hint = "AADSTS700016: Application not found. Check AZURE_CLIENT_ID";
    rig.broker.answers(Reply.refused(status, "unauthorized_client", hint), token);

    TokenException.Rejected failure = rejected();
    assertThat(failure.error()).isEqualTo("unauthorized_client");
    assertThat(failure.hint()).isEqualTo(hint);
    assertThat(failure.correlationId()).isEqualTo("5c0e1b9e-0000-4000-8000-000000000001");
    assertThat(failure)
        .hasMessage("No token for https://vault.azure.net from %s: %s", rig.endpoint(), hint);
    assertThat(rig.broker.seen()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405})
  void whateverElseIsRefusedIsNotRepeated(int status) {
    rig.broker.answers(new Reply(status, "<html>not the broker</html>", Map.of()));

    assertThat(rejected()).hasMessageEndingWith("%d; is this the token broker?", status);
    assertThat(rig.broker.seen()).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (StubBroker elsewhere = new StubBroker().answers(token)) {
      rig.broker.answers(
          new Reply(302, "", Map.of("Location", elsewhere.base() + "/metadata?a=b")));

      assertThat(rejected()).hasMessageContaining("302");
      assertThat(elsewhere.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "[]",
        "{}",
        "null",
        "not json, but eyJsecret",
        "{'access_token':'eyJsecret'}",
        "{'access_token':'eyJsecret','expires_on':'soon'}",
        "{'access_token':'eyJsecret','expires_on':'9999999999999999999'}",
        "{'access_token':'eyJsecret','expires_on':'9223372036854775807'}",
        "{'access_token':'eyJsecret','expires_on':'1'}",
        "{'access_token':'','expires_on':'1795475356'}",
        "{'access_token':'eyJsecret','expires_on':'1795475356'} {}"
      })
  void aBrokenAnswerIsNeverTakenForATokenNorQuoted(String body) {
    rig.broker.answers(new Reply(200, body.replace('\'', '"'), Map.of()));

    assertThat(unavailable(rig.client))
        .hasMessageContaining("no valid token")
        .hasMessageNotContaining("secret");
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    String body = "{\"access_token\":\"" + "x".repeat(BoundedBodySubscriber.MAX_BYTES) + "\"}";
    rig.broker.answers(new Reply(200, body, Map.of()));

    assertThat(unavailable(rig.client)).hasMessageContaining("longer than 64 KiB");
  }

  @Test
  @Timeout(60)
  void anAnswerThatNeverEndsIsGivenUpToo() {
    rig.broker.answers(token).stallAnswers();
    TokenClient client = rig.builder().startDeadline(Duration.ofMillis(150)).build();

    assertThat(unavailable(client)).hasMessageContaining("does not answer");
  }

  @Test
  void noProxyEverSeesTheQuestion() {
    rig.broker.answers(token);
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(new NowhereProxy());
    try {
      assertThat(rig.builder().build().token(VAULT).value()).isEqualTo("t");
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(rig.time.pauses).isEmpty();
  }

  private TokenException.Rejected rejected() {
    return catchThrowableOfType(TokenException.Rejected.class, () -> rig.client.token(VAULT));
  }

  private static TokenException.Unavailable unavailable(TokenClient client) {
    return catchThrowableOfType(TokenException.Unavailable.class, () -> client.token(VAULT));
  }

  private static final class NowhereProxy extends ProxySelector {

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(
          new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }
}

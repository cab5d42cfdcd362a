package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenbroker.endpoint.RawClient.Response;
import dev.tokenbroker.identity.Tokens;
import dev.tokenbroker.token.AccessToken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections: their number, their size, their end. */
class TokenListenerTest {

  private static final String ASK =
      Rig.request("GET " + Rig.TOKEN_PATH + "?resource=r HTTP/1.1", "Metadata: true");

  private Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Makes the token come only when the test says so. */
  private Promise<AccessToken> hold() {
    Promise<AccessToken> promise = Promise.promise();
    rig.source.answer(Rig.ONE, promise.future());
    return promise;
  }

  private void release(Promise<AccessToken> promise) {
    rig.vertx.runOnContext(v -> promise.complete(Tokens.opaque("late")));
  }

  @Test
  void oneConnectionServesManyRequests() throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      String first = client.send(ASK).read().body();
      for (int i = 0; i < 50; i++) {
        assertThat(client.send(ASK).read().body()).isEqualTo(first);
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      client.send(ASK + Rig.request("GET /x HTTP/1.1") + ASK);

      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aWaitingRequestHoldsNobodyElseUp() throws Exception {
    Promise<AccessToken> promise = hold();
    try (RawClient waiting = new RawClient(rig.port)) {
      waiting.send(ASK);
      rig.source.awaitAsked();

      assertThat(rig.ask("resource=r&client_id=" + Rig.TWO).status()).isEqualTo(200);
      release(promise);

      assertThat(Rig.json(waiting.read()).getString("access_token")).isEqualTo("late");
    }
  }

  @Test
  void aCallerThatGoesAwayDoesNoHarm() throws Exception {
    Promise<AccessToken> promise = hold();
    try (RawClient leaving = new RawClient(rig.port)) {
      leaving.send(ASK);
      rig.source.awaitAsked();
    }
    // After two round trips on the one event loop, the loop has seen the close, too.
    for (int i = 0; i < 2; i++) {
      assertThat(rig.get("/x").status()).isEqualTo(404);
      assertThat(rig.awaitFinished()).isEqualTo(new Rig.Finished("none", Outcome.NOT_FOUND, 404));
    }
    release(promise);

    assertThat(rig.awaitFinished()).isEqualTo(new Rig.Finished("imds", Outcome.ABANDONED, 0));
  }

  @Test
  void aConnectionBeyondTheCapIsClosedAtOnceAndTheOthersLive() throws IOException {
    rig.close();
    rig = new Rig(Rig.options(2, Optional.empty()), Rig.identity("one", Rig.ONE));
    try (RawClient first = new RawClient(rig.port);
        RawClient second = new RawClient(rig.port)) {
      assertThat(first.send(ASK).read().status()).isEqualTo(200);
      assertThat(second.send(ASK).read().status()).isEqualTo(200);
      try (RawClient third = new RawClient(rig.port)) {
        assertThat(third.isClosedByPeer()).isTrue();
      }
      assertThat(first.send(ASK).read().status()).isEqualTo(200);
      assertThat(second.send(ASK).read().status()).isEqualTo(200);
    }
  }

  @Test
  void aClosedConnectionMakesRoomForAnother() throws IOException {
    rig.close();
    rig = new Rig(Rig.options(1, Optional.empty()), Rig.identity("one", Rig.ONE));
    try (RawClient first = new RawClient(rig.port)) {
      assertThat(first.send(ASK).read().status()).isEqualTo(200);
    }

    assertThat(askUntilLetIn().status()).isEqualTo(200);
  }

  /** A client sees its connection closed before the listener has counted it out. */
  private Response askUntilLetIn() throws IOException {
    for (int i = 0; ; i++) {
      try {
        return rig.ask("resource=r");
      } catch (IOException closed) {
        if (i == 10_000) {
          throw closed;
        }
      }
    }
  }

  @Test
  void drainingLetsAnAcceptedRequestFinish() throws Exception {
    Promise<AccessToken> promise = hold();
    try (RawClient waiting = new RawClient(rig.port)) {
      waiting.send(ASK);
      rig.source.awaitAsked();

      Future<Void> drained = rig.listener.drain(Duration.ofSeconds(10));
      assertThatThrownBy(() -> connectUntilRefused()).isInstanceOf(IOException.class);
      assertThat(drained.isComplete()).isFalse();
      release(promise);

      Response response = waiting.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).containsEntry("connection", "close");
      assertThat(waiting.isClosedByPeer()).isTrue();
      Rig.await(drained);
    }
  }

  /** Closing the socket takes a turn of the event loop, so the first tries may still get in. */
  private void connectUntilRefused() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      try (RawClient client = new RawClient(rig.port)) {
        client.isClosedByPeer();
      }
    }
  }

  @Test
  void drainingClosesIdleConnections() throws IOException {
    try (RawClient idle = new RawClient(rig.port)) {
      idle.send(ASK).read();

      Rig.await(rig.listener.drain(Duration.ofSeconds(10)));

      assertThat(idle.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aRequestLineBeyondEightKilobytesIsRefusedInJson() throws IOException {
    assertRefusedAndClosed(
        414, Rig.request("GET /" + "x".repeat(9000) + " HTTP/1.1", "Metadata: true"));
  }

  @Test
  void headersBeyondSixteenKilobytesAreRefusedInJson() throws IOException {
    assertRefusedAndClosed(431, Rig.request("GET / HTTP/1.1", "X-Long: " + "x".repeat(17_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nA\u0000: b\r\n\r\n"
      })
  void whatIsNotHttpIsRefusedInJson(String request) throws IOException {
    assertRefusedAndClosed(400, request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: -1",
        "Transfer-Encoding: chunked, identity"
      })
  void aRequestWhoseEndIsInDoubtIsRefused(String headers) throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      client.send(
          Rig.request("GET " + Rig.TOKEN_PATH + "?resource=r HTTP/1.1", "Metadata: true", headers));

      assertThat(client.read().status()).isEqualTo(400);
      assertThat(rig.source.asked()).isEmpty();
    }
  }

  private void assertRefusedAndClosed(int status, String request) throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      Response response = client.send(request).read();

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.headers()).containsEntry("content-type", "application/json");
      assertThat(Rig.json(response).getInteger("statusCode")).isEqualTo(status);
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aBodyOnAGetIsReadAndIgnored() throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      String head = "GET " + Rig.TOKEN_PATH + "?resource=r HTTP/1.1";
      client.send(Rig.request(head, "Metadata: true", "Content-Length: 10") + "resource=x");
      assertThat(Rig.json(client.read()).getString("resource")).isEqualTo("r");

      client.send(Rig.request(head, "Metadata: true", "Transfer-Encoding: chunked"));
      client.send("3\r\nabc\r\n0\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);

      assertThat(client.send(ASK).read().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyBeyondSixteenKilobytesIsRefusedHoweverItComes() throws IOException {
    String post = "POST " + Rig.TOKEN_PATH + " HTTP/1.1";
    assertRefusedAndClosed(413, Rig.request(post, "Content-Length: 20000") + "x".repeat(16_385));
    assertRefusedAndClosed(
        413, Rig.request(post, "Transfer-Encoding: chunked") + "4001\r\n" + "x".repeat(0x4001));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
      })
  void anOfferToChangeTheProtocolIsIgnored(String headers) throws IOException {
    assertThat(rig.get(Rig.TOKEN_PATH + "?resource=r", "Metadata: true", headers).status())
        .isEqualTo(200);
  }

  @Test
  void anAddressThatIsTakenIsReported() {
    assertThatThrownBy(() -> new Rig(portOf(rig), Rig.identity("one", Rig.ONE)))
        .hasRootCauseInstanceOf(BindException.class);
  }

  private static ListenerOptions portOf(Rig rig) {
    return new ListenerOptions(
        "127.0.0.1",
        rig.port,
        Set.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Set.of(),
        1);
  }
}

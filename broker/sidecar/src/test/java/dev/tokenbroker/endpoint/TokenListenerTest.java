package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenbroker.endpoint.RawClient.Response;
import dev.tokenbroker.identity.Tokens;
import dev.tokenbroker.listener.CloseReason;
import dev.tokenbroker.listener.ListenerLimits;
import dev.tokenbroker.token.AccessToken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections: their number, their size, their end. */
class TokenListenerTest {

  private static final String ASK =
      ListenerRig.request(
          "GET " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1", "Metadata: true");

  private static final Duration IN_ONE_GO = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofSeconds(75);

  private static final int MUCH = 64 << 20;
  private static final int LITTLE = 128 << 10;

  private ListenerRig rig = new ListenerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** Makes the token come only when the test says so. */
  private Promise<AccessToken> hold() {
    Promise<AccessToken> promise = Promise.promise();
    rig.source.answer(ListenerRig.ONE, promise.future());
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
      client.send(ASK + ListenerRig.request("GET /x HTTP/1.1") + ASK);

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

      assertThat(rig.ask("resource=r&client_id=" + ListenerRig.TWO).status()).isEqualTo(200);
      release(promise);

      assertThat(ListenerRig.json(waiting.read()).getString("access_token")).isEqualTo("late");
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
      assertThat(rig.awaitFinished())
          .isEqualTo(new ListenerRig.Finished("none", RequestOutcome.NOT_FOUND, 404));
    }
    release(promise);

    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("imds", RequestOutcome.ABANDONED, 0));
  }

  private void restart(int connections, int heap) {
    rig.close();
    rig =
        new ListenerRig(
            new RigOptions().bounds(new ListenerLimits("token", false, connections, heap)),
            ListenerRig.identity("one", ListenerRig.ONE),
            ListenerRig.identity("two", ListenerRig.TWO));
  }

  @Test
  void whenAllPlacesAreTakenTheOneIdleTheLongestIsClosedAndTheNewcomerServed() throws Exception {
    restart(2, MUCH);
    try (RawClient first = new RawClient(rig.port);
        RawClient second = new RawClient(rig.port)) {
      assertThat(first.send(ASK).read().status()).isEqualTo(200);
      assertThat(second.send(ASK).read().status()).isEqualTo(200);
      assertThat(first.send(ASK).read().status()).isEqualTo(200);
      try (RawClient third = new RawClient(rig.port)) {
        assertThat(third.send(ASK).read().status()).isEqualTo(200);
        assertThat(second.isClosedByPeer()).isTrue();
        assertThat(first.send(ASK).read().status()).isEqualTo(200);
      }
    }
    assertThat(rig.closed.take()).isEqualTo(CloseReason.EVICTED);
  }

  @Test
  void anAppThatKeepsEveryConnectionTakesNoPlaceFromAnother() throws IOException {
    restart(50, MUCH);
    List<RawClient> greedy = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        greedy.add(new RawClient(rig.port));
        assertThat(greedy.get(i).send(ASK).read().status()).isEqualTo(200);
      }
      for (int i = 0; i < 99; i++) {
        assertThat(rig.ask("resource=r").status()).isEqualTo(200);
      }
    } finally {
      for (RawClient each : greedy) {
        each.close();
      }
    }
  }

  @Test
  void requestsThatWaitLeavePlacesForThoseWhoseTokenIsHeld() throws Exception {
    restart(11, MUCH);
    Promise<AccessToken> promise = hold();
    List<RawClient> waiting = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        waiting.add(new RawClient(rig.port).send(ASK));
        assertThat(rig.ask("resource=r&client_id=" + ListenerRig.TWO).status()).isEqualTo(200);
      }
      release(promise);
      Map<Integer, Integer> answers = new HashMap<>();
      for (RawClient each : waiting) {
        Response response = each.read();
        answers.merge(response.status(), 1, Integer::sum);
        if (response.status() == 503) {
          assertThat(response.headers()).containsEntry("retry-after", "5");
          assertThat(ListenerRig.json(response).getString("error_description"))
              .isEqualTo("Too many requests wait for their answers; try again in a few seconds");
        }
      }
      assertThat(answers).containsOnly(Map.entry(200, 7), Map.entry(503, 13));
      assertThat(rig.closed).contains(CloseReason.BUSY);
    } finally {
      for (RawClient each : waiting) {
        each.close();
      }
    }
  }

  @Test
  void ofTooManyThatWaitTheLargestIsRefused() throws Exception {
    restart(100, LITTLE);
    Promise<AccessToken> promise = hold();
    String large =
        ListenerRig.request(
            "GET " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1",
            "Metadata: true",
            "X: " + "x".repeat(12_000));
    List<RawClient> attackers = new ArrayList<>();
    try (RawClient small = new RawClient(rig.port)) {
      small.send(ASK);
      rig.source.awaitAsked();
      for (int i = 0; i < 10; i++) {
        attackers.add(new RawClient(rig.port).send(large));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(rig.closed.take()).isIn(CloseReason.BUSY, CloseReason.EVICTED);
      }
      assertThat(rig.ask("resource=r&client_id=" + ListenerRig.TWO).status()).isEqualTo(200);
      release(promise);
      assertThat(small.read().status()).isEqualTo(200);
    } finally {
      for (RawClient each : attackers) {
        each.close();
      }
    }
  }

  @Test
  void whoHasSentTheMostOfAnUnfinishedRequestLosesItWhenTheBudgetIsUsedUp() throws Exception {
    restart(100, LITTLE);
    List<RawClient> halfSent = new ArrayList<>();
    try (RawClient kept = new RawClient(rig.port)) {
      kept.send(ASK).read();
      for (int i = 0; i < 20; i++) {
        RawClient client = new RawClient(rig.port);
        halfSent.add(client);
        client.send("GET /x HTTP/1.1\r\nHost: localhost\r\nA: " + "x".repeat(10_000));
      }
      assertThat(kept.send(ASK).read().status()).isEqualTo(200);
      assertThat(rig.closed.take()).isEqualTo(CloseReason.EVICTED);
      assertThat(rig.closed).allMatch(CloseReason.EVICTED::equals);
    } finally {
      for (RawClient each : halfSent) {
        each.close();
      }
    }
  }

  @Test
  void moreThanSixtyFourHeaderLinesAreRefusedBeforeTheirEnd() throws Exception {
    assertRefusedAndClosed(431, "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(66));
    assertThat(rig.closed.take()).isEqualTo(CloseReason.OVERSIZED);
  }

  @Test
  void moreThanSixtyFourHeaderLinesAreRefused() throws IOException {
    assertRefusedAndClosed(431, "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(66) + "\r\n");
  }

  @Test
  void sixtyFourHeaderLinesAreTakenAlsoBehindABodyOfManyLinesAndWhenPipelined() throws IOException {
    String[] lines = new String[62];
    Arrays.fill(lines, "a: b");
    String many =
        ListenerRig.request("GET " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1", lines);
    many = many.replaceFirst("a: b", "Metadata: true");
    String form = "resource=r" + "\n".repeat(200);
    String post =
        ListenerRig.request(
            "POST /msi/token HTTP/1.1",
            "Metadata: true",
            "Content-Length: " + form.length(),
            "Content-Type: application/x-www-form-urlencoded");
    try (RawClient client = new RawClient(rig.port)) {
      client.send(many + many + many + post + form + many + many);
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().status()).isEqualTo(200);
      }
      assertThat(client.read().status()).isNotEqualTo(431);
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET ",
        "GET /x HTTP/1.1\r\nHost: localhost\r\nA: ",
        "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf"
      })
  void aRequestThatDoesNotArriveInTenSecondsIsGivenUp(String half) throws IOException {
    try (RawClient slow = new RawClient(rig.port)) {
      slow.send(half);
      awaitAccepted();

      rig.setTime(Tokens.ISSUED.plus(IN_ONE_GO));

      assertThat(slow.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aRequestThatWaitsForItsTokenIsNotGivenUp() throws Exception {
    Promise<AccessToken> promise = hold();
    try (RawClient waiting = new RawClient(rig.port);
        RawClient slow = new RawClient(rig.port)) {
      waiting.send(ASK);
      rig.source.awaitAsked();
      awaitAccepted();

      rig.setTime(Tokens.ISSUED.plusSeconds(19));

      assertThat(slow.isClosedByPeer()).isTrue();
      release(promise);
      assertThat(waiting.read().status()).isEqualTo(200);
    }
  }

  @Test
  void aKeptConnectionMayRestLongerButTricklingBytesDoNotProlongIt() throws IOException {
    try (RawClient kept = new RawClient(rig.port);
        RawClient first = new RawClient(rig.port)) {
      kept.send(ASK).read();
      awaitAccepted();
      rig.setTime(Tokens.ISSUED.plus(IN_ONE_GO));
      assertThat(first.isClosedByPeer()).isTrue();
      kept.send(ASK).read();
      awaitSweep();

      kept.send("GET /x HTT");
      rig.setTime(Tokens.ISSUED.plus(IN_ONE_GO.multipliedBy(2)).plus(KEPT));

      assertThat(kept.isClosedByPeer()).isTrue();
    }
  }

  /** Connections are accepted in their order: when a later one is served, all earlier ones are. */
  private void awaitAccepted() throws IOException {
    assertThat(rig.get("/x").status()).isEqualTo(404);
  }

  /** A connection that is overdue by the rig's clock is closed in the next sweep. */
  private void awaitSweep() throws IOException {
    try (RawClient overdue = new RawClient(rig.port)) {
      awaitAccepted();
      rig.setTime(Tokens.ISSUED.plus(IN_ONE_GO.multipliedBy(2)));
      assertThat(overdue.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void drainingLetsAnAcceptedRequestFinish() throws Exception {
    Promise<AccessToken> promise = hold();
    try (RawClient waiting = new RawClient(rig.port)) {
      waiting.send(ASK);
      rig.source.awaitAsked();

      Future<Void> drained = rig.listener.drain(Duration.ZERO, Duration.ofSeconds(10));
      assertThatThrownBy(() -> connectUntilRefused()).isInstanceOf(IOException.class);
      assertThat(drained.isComplete()).isFalse();
      release(promise);

      Response response = waiting.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).containsEntry("connection", "close");
      assertThat(waiting.isClosedByPeer()).isTrue();
      ListenerRig.await(drained);
    }
  }

  @Test
  void itStopsListeningAtOnceAndStillAnswersWhatComesOnOpenConnections() throws IOException {
    try (RawClient kept = new RawClient(rig.port);
        RawClient connected = new RawClient(rig.port)) {
      kept.send(ASK).read();

      Future<Void> drained = rig.listener.drain(Duration.ofSeconds(2), Duration.ofSeconds(10));
      assertThatThrownBy(this::connectAndLeaveUntilRefused).isInstanceOf(IOException.class);
      assertThat(kept.send(ASK).read().headers()).containsEntry("connection", "close");
      assertThat(connected.send(ASK).read().headers()).containsEntry("connection", "close");

      ListenerRig.await(drained);
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

  private void connectAndLeaveUntilRefused() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      new RawClient(rig.port).close();
    }
  }

  @Test
  void drainingClosesIdleConnections() throws IOException {
    try (RawClient idle = new RawClient(rig.port)) {
      idle.send(ASK).read();

      ListenerRig.await(rig.listener.drain(Duration.ZERO, Duration.ofSeconds(10)));

      assertThat(idle.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aRequestLineBeyondEightKilobytesIsRefusedInJson() throws IOException {
    assertRefusedAndClosed(
        414, ListenerRig.request("GET /" + "x".repeat(9000) + " HTTP/1.1", "Metadata: true"));
  }

  @Test
  void headersBeyondSixteenKilobytesAreRefusedInJson() throws IOException {
    assertRefusedAndClosed(
        431, ListenerRig.request("GET / HTTP/1.1", "X-Long: " + "x".repeat(17_000)));
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
          ListenerRig.request(
              "GET " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1", "Metadata: true", headers));

      assertThat(client.read().status()).isEqualTo(400);
      assertThat(rig.source.requested()).isEmpty();
    }
  }

  private void assertRefusedAndClosed(int status, String request) throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      Response response = client.send(request).read();

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.headers()).containsEntry("content-type", "application/json");
      assertThat(ListenerRig.json(response).getInteger("statusCode")).isEqualTo(status);
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aBodyOnAGetIsReadAndIgnored() throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      String head = "GET " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1";
      client.send(ListenerRig.request(head, "Metadata: true", "Content-Length: 10") + "resource=x");
      assertThat(ListenerRig.json(client.read()).getString("resource")).isEqualTo("r");

      client.send(ListenerRig.request(head, "Metadata: true", "Transfer-Encoding: chunked"));
      client.send("3\r\nabc\r\n0\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);

      assertThat(client.send(ASK).read().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyBeyondSixteenKilobytesIsRefusedHoweverItComes() throws IOException {
    String post = "POST " + ListenerRig.TOKEN_PATH + " HTTP/1.1";
    assertRefusedAndClosed(
        413, ListenerRig.request(post, "Content-Length: 20000") + "x".repeat(16_385));
    assertRefusedAndClosed(
        413,
        ListenerRig.request(post, "Transfer-Encoding: chunked") + "4001\r\n" + "x".repeat(0x4001));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
      })
  void anOfferToChangeTheProtocolIsIgnored(String headers) throws IOException {
    assertThat(rig.get(ListenerRig.TOKEN_PATH + "?resource=r", "Metadata: true", headers).status())
        .isEqualTo(200);
  }

  @Test
  void anAddressThatIsTakenIsReported() {
    assertThatThrownBy(
            () -> new ListenerRig(portOf(rig), ListenerRig.identity("one", ListenerRig.ONE)))
        .hasRootCauseInstanceOf(BindException.class);
  }

  private static RigOptions portOf(ListenerRig rig) {
    return new RigOptions().port(rig.port).bounds(ListenerRig.bounds(1));
  }
}

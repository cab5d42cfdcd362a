package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tokenbroker.endpoint.RawClient.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

  private static final String ASK = "GET " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1\r\n";

  private ListenerRig rig = new ListenerRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private Response sendRaw(String request) throws IOException {
    try (RawClient client = new RawClient(rig.port)) {
      return client.send(request).read();
    }
  }

  private void assertRefused(Response response) throws Exception {
    assertThat(response.status()).isEqualTo(403);
    assertThat(ListenerRig.json(response).getString("error")).isEqualTo("access_denied");
    assertThat(ListenerRig.json(response).getInteger("statusCode")).isEqualTo(403);
    assertThat(ListenerRig.json(response).getString("message")).isNotBlank();
    assertThat(response.body()).doesNotContainIgnoringCase("unreachable");
    assertThat(rig.source.requested()).isEmpty();
    assertThat(rig.awaitFinished())
        .isEqualTo(new ListenerRig.Finished("none", RequestOutcome.GUARDED, 403));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.169.254:80",
        "localhost",
        "LocalHost:16925",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:16925",
        "localhost:",
        "broker.test",
        "Broker.Test:8080"
      })
  void aHostThatNamesUsIsServed(String host) throws IOException {
    Response response = sendRaw(ASK + "Host: " + host + "\r\nMetadata: true\r\n\r\n");

    assertThat(response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evil.example:16925",
        "169.254.169.254.nip.io",
        "localhost:80:80",
        "localhost:80x",
        "localhost:123456",
        "user@localhost",
        "localhost@evil.example",
        "localhost.",
        "[::1",
        "[::1]x",
        "[::2]",
        "::1",
        "127.1",
        "2130706433",
        "localhost, evil.example",
        ""
      })
  void aHostThatNamesSomebodyElseIsRefused(String host) throws Exception {
    assertRefused(sendRaw(ASK + "Host: " + host + "\r\nMetadata: true\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
  void aMissingHostIsRefused(String version) throws Exception {
    assertRefused(
        sendRaw(
            "GET "
                + ListenerRig.TOKEN_PATH
                + "?resource=r "
                + version
                + "\r\nMetadata: true\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "evil.example"})
  void aSecondHostIsRefused(String second) throws Exception {
    assertRefused(
        sendRaw(ASK + "Host: localhost\r\nHost: " + second + "\r\nMetadata: true\r\n\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254, localhost, 200",
    "http://LOCALHOST:80, localhost, 200",
    "http://evil.example, localhost, 403",
    "http://localhost@evil.example, localhost, 403",
    "http://localhost, evil.example, 403",
    "https://evil.example, localhost, 403",
    "HTTP://evil.example:80, localhost, 403"
  })
  void theAuthorityOfAnAbsoluteTargetMustNameUsToo(String origin, String host, int status)
      throws IOException {
    Response response =
        sendRaw(
            "GET "
                + origin
                + ListenerRig.TOKEN_PATH
                + "?resource=r HTTP/1.1\r\n"
                + "Host: "
                + host
                + "\r\nMetadata: true\r\n\r\n");

    assertThat(response.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 10.0.0.1",
        "x-forwarded-for: 127.0.0.1",
        "X-Forwarded-For:",
        "Forwarded: for=10.0.0.1",
        "X-Forwarded-Host: localhost"
      })
  void aRequestThatCameThroughAProxyIsRefused(String header) throws Exception {
    assertRefused(rig.get(ListenerRig.TOKEN_PATH + "?resource=r", "Metadata: true", header));
  }

  @Test
  void theGuardStandsBeforeEveryOtherAnswer() throws Exception {
    assertRefused(sendRaw("GET /unknown HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
    assertRefused(sendRaw("POST /host/token HTTP/1.1\r\nHost: evil.example\r\n\r\n"));
    assertRefused(
        sendRaw("POST /x HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 3\r\n\r\nabc"));
  }

  @Test
  void ourOwnAddressIsNotRemote() throws Exception {
    Optional<InetAddress> own = ListenerRig.ownAddress();
    assumeThat(own).as("this machine has an address beside loopback").isPresent();
    rig.close();
    rig =
        new ListenerRig(
            ListenerRig.onAllAddresses(false), ListenerRig.identity("one", ListenerRig.ONE));

    try (RawClient client = new RawClient(own.get(), rig.port)) {
      assertThat(client.send(ASK + "Host: localhost\r\nMetadata: true\r\n\r\n").read().status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
  void loopbackIsNotRemote(String address) throws Exception {
    assertThat(check(false, address)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1"})
  void aRemotePeerIsRefusedUnlessAllowed(String address) throws Exception {
    assertThat(check(false, address)).map(ErrorResponse::status).contains(403);
    assertThat(check(true, address)).isEmpty();
  }

  @Test
  void aPeerThatIsGoneIsRefused() {
    assertThat(new Guard(false, new HostNames(Set.of())).check(null, target(), localhost()))
        .isPresent();
  }

  private static Optional<ErrorResponse> check(boolean allowRemotePeers, String address)
      throws UnknownHostException {
    SocketAddress peer =
        SocketAddress.inetSocketAddress(
            new InetSocketAddress(InetAddress.getByName(address), 4711));
    return new Guard(allowRemotePeers, new HostNames(Set.of())).check(peer, target(), localhost());
  }

  private static RequestTarget target() {
    return RequestTarget.of(ListenerRig.TOKEN_PATH);
  }

  private static MultiMap localhost() {
    return MultiMap.caseInsensitiveMultiMap().add("Host", "localhost");
  }
}

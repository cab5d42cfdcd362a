package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tokenbroker.endpoint.SocketTable.SocketPair;
import dev.tokenbroker.exchange.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real connections of real users: another one's where the tests run as root, else our own. */
@EnabledOnOs(OS.LINUX)
class CallerUidFilterTest {

  private static final long OURS = ourUser();
  private static final long ROOT = 0;
  private static final long APP = OURS == ROOT ? 54321 : OURS;
  private static final long NOBODY_ELSE = 4_294_967_294L;
  private static final String ASK = "GET " + ListenerRig.TOKEN_PATH + "?resource=r HTTP/1.1";

  private Optional<ListenerRig> rig = Optional.empty();

  @AfterEach
  void close() {
    rig.ifPresent(ListenerRig::close);
  }

  private ListenerRig letting(String host, Long... users) {
    RigOptions options = new RigOptions().host(host).allowedUids(users);
    rig = Optional.of(new ListenerRig(options, ListenerRig.identity("one", ListenerRig.ONE)));
    return rig.get();
  }

  @ParameterizedTest(name = "listening on {0}, called at {1}")
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "::1,       ::1",
    "::,        127.0.0.1",
    "::,        ::ffff:127.0.0.1",
    "::,        ::1",
    "127.0.0.1, ::ffff:127.0.0.1",
  })
  void onlyTheUsersListedAreServed(String listen, String address) throws Exception {
    int open = letting(listen, APP).port;
    assertThat(askAsTheApp(address, open)).startsWith("HTTP/1.1 200").contains("access_token");
    rig.get().close();

    int closed = letting(listen, NOBODY_ELSE).port;
    assertThat(askAsTheApp(address, closed))
        .startsWith("HTTP/1.1 403")
        .contains("User " + APP + " of this pod may not ask")
        .doesNotContain("unreachable");
    assertThat(rig.get().source.requested()).isEmpty();
  }

  @Test
  void anotherUserIsRefusedBesideOneThatIsServed() throws Exception {
    assumeThat(OURS).as("only root can be two users").isEqualTo(ROOT);
    int port = letting("127.0.0.1", APP).port;

    assertThat(rig.get().ask("resource=r").status()).isEqualTo(403);
    assertThat(askAsTheApp("127.0.0.1", port)).startsWith("HTTP/1.1 200");
  }

  @Test
  void theVerdictHoldsForTheWholeConnectionAndTheOrderOfItsRequests() throws IOException {
    ListenerRig mine = letting("127.0.0.1", OURS);
    try (RawClient client = new RawClient(mine.port)) {
      client.send(ListenerRig.request(ASK, "Metadata: true") + ListenerRig.request(ASK));

      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.send(ListenerRig.request(ASK, "Metadata: true")).read().status())
          .isEqualTo(200);
    }
  }

  @Test
  void aBodyThatComesDuringTheLookUpIsNotLost() throws IOException {
    assertThat(letting("127.0.0.1", OURS).post("/msi/token", "resource=abc", "Metadata: true"))
        .satisfies(answer -> assertThat(answer.status()).isEqualTo(200))
        .satisfies(answer -> assertThat(answer.body()).contains("\"resource\":\"abc\""));
  }

  @Test
  void aRefusedConnectionIsClosedCountedAndLoggedOnceForItsUser() throws Exception {
    ListenerRig mine = letting("127.0.0.1", NOBODY_ELSE);
    try (LogCapture log = new LogCapture()) {
      for (int i = 0; i < 3; i++) {
        try (RawClient client = new RawClient(mine.port)) {
          client.send(ListenerRig.request(ASK, "Metadata: true"));
          assertThat(client.read().status()).isEqualTo(403);
          assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(mine.awaitFinished())
            .isEqualTo(new ListenerRig.Finished("none", RequestOutcome.FORBIDDEN, 403));
      }
      assertThat(log.text()).containsOnlyOnce("User " + OURS + " is refused");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "192.0.2.1"})
  void nobodyIsBehindAConnectionThatIsNotThere(String address) throws IOException {
    InetAddress ip = InetAddress.getByName(address);

    SocketPair pair = new SocketPair(new InetSocketAddress(ip, 1), new InetSocketAddress(ip, 2));
    assertThat(new SocketTable().usersOf(Set.of(pair)).get(pair)).isEmpty();
  }

  /** The answer that a shell gets which runs as the app's user. */
  private static String askAsTheApp(String address, int port) throws Exception {
    List<String> command = new ArrayList<>();
    if (OURS == ROOT) {
      command.addAll(List.of("setpriv", "--reuid=" + APP, "--regid=" + APP, "--clear-groups"));
    }
    String script = "exec 3<>\"/dev/tcp/$0/$1\"; printf %b \"$2\" >&3; cat <&3";
    String request =
        ListenerRig.request(ASK, "Metadata: true", "Connection: close").replace("\r\n", "\\r\\n");
    command.addAll(List.of("bash", "-c", script, address, Integer.toString(port), request));
    Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static long ourUser() {
    try {
      return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    } catch (IOException | UnsupportedOperationException notLinux) {
      return ROOT;
    }
  }
}

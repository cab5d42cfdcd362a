package dev.tokenbroker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tokenbroker.endpoint.SocketTable.SocketPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as the kernel writes them; CallerUidFilterTest reads the real one. */
class SocketTableTest {

  private static final String HEAD =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode";
  private static final String LOOPBACK = "0100007F";
  private static final String BROKER = LOOPBACK + ":421D";
  private static final String IMDS = "FEA9FEA9:0050";
  private static final String ESTABLISHED = "01";
  private static final String SYN_SENT = "02";
  private static final String TIME_WAIT = "06";

  private static final SocketPair CLIENT = pair(40_000);

  @TempDir private Path folder;

  @BeforeEach
  void theTableIsInTheOrderOfThisMachine() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void socketsThatAnotherUserPilesUpDoNotHideTheClient() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 150_000; i++) {
      rows.add(row("0100007F:%04X".formatted(i % 30_000), BROKER, TIME_WAIT, 0, 0));
    }
    rows.add(row(client(40_000), BROKER, ESTABLISHED, 1000, 77));

    assertThat(users(rows, CLIENT)).containsExactly(1000L);
  }

  @Test
  void aSocketOfAnotherUserTowardsImdsDoesNotSpoilADirectConnectionFromTheSamePort()
      throws IOException {
    assertThat(
            users(
                List.of(
                    row(client(40_000), IMDS, SYN_SENT, 666, 78),
                    row(client(40_000), BROKER, ESTABLISHED, 1000, 77),
                    row(client(40_000), IMDS, ESTABLISHED, 667, 79)),
                CLIENT))
        .containsExactly(1000L);
  }

  @Test
  void aClientThatWasRedirectedIsFoundByTheAddressItCalled() throws IOException {
    assertThat(users(List.of(row(client(40_000), IMDS, ESTABLISHED, 1000, 77)), CLIENT))
        .containsExactly(1000L);
  }

  @Test
  void aSocketThatIsNotConnectedIsNobodysEndOfAConnection() throws IOException {
    assertThat(users(List.of(row(client(40_000), IMDS, SYN_SENT, 666, 78)), CLIENT)).isEmpty();
  }

  @Test
  void ofSeveralThatFitEachIsNamed() throws IOException {
    assertThat(
            users(
                List.of(
                    row(client(40_000), BROKER, ESTABLISHED, 1000, 77),
                    row(client(40_000), BROKER, ESTABLISHED, 1001, 78)),
                CLIENT))
        .containsExactlyInAnyOrder(1000L, 1001L);
  }

  @Test
  void oneReadingAnswersForManyConnections() throws IOException {
    SocketPair other = pair(40_001);
    SocketPair gone = pair(40_002);
    Map<SocketPair, Set<Long>> users =
        table(
                List.of(
                    row(client(40_001), BROKER, ESTABLISHED, 2000, 78),
                    row(client(40_000), BROKER, ESTABLISHED, 1000, 77)))
            .usersOf(Set.of(CLIENT, other, gone));

    assertThat(users)
        .containsEntry(CLIENT, Set.of(1000L))
        .containsEntry(other, Set.of(2000L))
        .containsEntry(gone, Set.of());
  }

  private Set<Long> users(List<String> rows, SocketPair pair) throws IOException {
    return table(rows).usersOf(Set.of(pair)).getOrDefault(pair, Set.of());
  }

  private SocketTable table(List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEAD));
    lines.addAll(rows);
    return new SocketTable(List.of(Files.write(folder.resolve("tcp"), lines)));
  }

  private static String row(String local, String remote, String state, int user, int inode) {
    return "   1: "
        + local
        + " "
        + remote
        + " "
        + state
        + " 00000000:00000000 00:00000000 00000000 "
        + "%5d        0 %d 1 0000000000000000 100 0 0 10 0".formatted(user, inode);
  }

  private static String client(int port) {
    return LOOPBACK + ":%04X".formatted(port);
  }

  private static SocketPair pair(int port) {
    return new SocketPair(
        new InetSocketAddress("127.0.0.1", port), new InetSocketAddress("127.0.0.1", 16925));
  }
}

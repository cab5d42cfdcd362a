package dev.tokenbroker.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The kernel's table of this network namespace's TCP sockets, {@code /proc/net/tcp} and {@code
 * tcp6}: the one place that names the user behind a connection from another container of the pod.
 *
 * <p>Source: Linux, {@code Documentation/networking/proc_net_tcp.rst}.
 */
final class SocketTable {

  private static final List<Path> FILES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  /** What a client that nftables redirected to us believes to be connected to. */
  private static final InetSocketAddress IMDS = new InetSocketAddress("169.254.169.254", 80);

  /** Far more sockets than one pod has; a reading that does not end helps nobody. */
  private static final int MAX_ROWS = 100_000;

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int UID = 7;
  private static final int INODE = 9;

  /** A socket that no process holds any more; the kernel shows it as root's. */
  private static final String ORPHANED = "0";

  /**
   * The users whose sockets could be the client's end of a connection: one, if all is well; none if
   * the client is gone or is not in this namespace. It reads memory, not a disk, yet for as long as
   * there are sockets: not on the event loop.
   *
   * @param client the client's address, as the server sees it
   * @param server the address at which the server was reached
   * @throws IOException if the table cannot be read
   */
  Set<Long> usersOf(InetSocketAddress client, InetSocketAddress server) throws IOException {
    Set<String> locals = forms(client);
    Set<String> remotes = forms(server);
    remotes.addAll(forms(IMDS));
    Set<Long> users = new HashSet<>();
    for (Path file : FILES) {
      if (Files.exists(file)) {
        try (BufferedReader rows = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
          collect(rows, locals, remotes, users);
        }
      }
    }
    return users;
  }

  private static void collect(
      BufferedReader rows, Set<String> locals, Set<String> remotes, Set<Long> users)
      throws IOException {
    int read = 0;
    for (String row = rows.readLine(); row != null; row = rows.readLine()) {
      if (++read > MAX_ROWS) {
        throw new IOException("more than " + MAX_ROWS + " sockets");
      }
      String[] cells = row.strip().split(" +", INODE + 2);
      if (cells.length > INODE
          && locals.contains(cells[LOCAL])
          && remotes.contains(cells[REMOTE])
          && !cells[INODE].equals(ORPHANED)) {
        users.add(Long.parseLong(cells[UID]));
      }
    }
  }

  /** As the table writes it; an IPv4 address also in the way of a socket that could do both. */
  private static Set<String> forms(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    Set<String> forms = new HashSet<>(Set.of(hex(bytes, address.getPort())));
    if (bytes.length == 4) {
      byte[] mapped = new byte[16];
      mapped[10] = (byte) 0xff;
      mapped[11] = (byte) 0xff;
      System.arraycopy(bytes, 0, mapped, 12, 4);
      forms.add(hex(mapped, address.getPort()));
    }
    return forms;
  }

  /** Words of four bytes, each in the order of this machine; then the port, in the usual order. */
  private static String hex(byte[] address, int port) {
    ByteBuffer words = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
    StringBuilder hex = new StringBuilder();
    while (words.hasRemaining()) {
      hex.append(String.format("%08X", words.getInt()));
    }
    return hex.append(String.format(":%04X", port)).toString();
  }
}

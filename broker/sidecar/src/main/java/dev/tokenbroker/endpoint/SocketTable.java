package dev.tokenbroker.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kernel's table of this network namespace's TCP sockets, {@code /proc/net/tcp} and {@code
 * tcp6}: the one place that names the user behind a connection from another container of the pod.
 *
 * <p>Any user of the pod can fill the table, so its length has no limit here; only rows that can be
 * the client's end of a connection count.
 *
 * <p>Source: Linux, {@code Documentation/networking/proc_net_tcp.rst}; the states are those of
 * {@code include/net/tcp_states.h}.
 */
final class SocketTable {

  /**
   * The two ends of an accepted TCP connection.
   *
   * @param client the client's address, as the server sees it
   * @param server the address at which the server was reached
   */
  record SocketPair(InetSocketAddress client, InetSocketAddress server) {}

  private static final List<Path> KERNEL =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  /** The address that a client called whose connection nftables redirected to the broker. */
  private static final InetSocketAddress IMDS = new InetSocketAddress("169.254.169.254", 80);

  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int UID = 7;
  private static final int INODE = 9;

  /** SYN_SENT and LISTEN: the server has accepted neither. */
  private static final Set<String> NOT_CONNECTED = Set.of("02", "0A");

  /** A socket that no process holds any more, TIME_WAIT for example; the kernel shows root's. */
  private static final String ORPHANED = "0";

  private final List<Path> files;

  /** The kernel's own table. */
  SocketTable() {
    this(KERNEL);
  }

  SocketTable(List<Path> files) {
    this.files = files;
  }

  /** The sockets that fit one connection. */
  private static final class Candidates {

    final Set<String> exactRemotes;
    final Set<Long> exact = new HashSet<>();
    final Set<Long> redirected = new HashSet<>();

    Candidates(Set<String> exactRemotes) {
      this.exactRemotes = exactRemotes;
    }

    /** An exact row wins: nobody else can hold the same two addresses in one namespace. */
    Set<Long> users() {
      return Set.copyOf(exact.isEmpty() ? redirected : exact);
    }
  }

  /**
   * The users whose sockets can be the client's end of each connection: usually one; none if the
   * client is gone or is not in this namespace. It reads memory, not a disk, but the time grows
   * with the number of sockets: call it off the event loop, for many connections at once.
   *
   * @throws IOException if the table cannot be read
   */
  Map<SocketPair, Set<Long>> usersOf(Collection<SocketPair> pairs) throws IOException {
    Map<SocketPair, Candidates> candidates = new HashMap<>();
    Map<String, List<Candidates>> byLocal = new HashMap<>();
    for (SocketPair pair : pairs) {
      Candidates fitting = new Candidates(forms(pair.server()));
      candidates.put(pair, fitting);
      forms(pair.client())
          .forEach(form -> byLocal.computeIfAbsent(form, any -> new ArrayList<>()).add(fitting));
    }
    for (Path file : files) {
      if (Files.exists(file)) {
        try (BufferedReader rows = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
          collect(rows, byLocal);
        }
      }
    }
    Map<SocketPair, Set<Long>> users = new HashMap<>();
    candidates.forEach((pair, fitting) -> users.put(pair, fitting.users()));
    return users;
  }

  private static void collect(BufferedReader rows, Map<String, List<Candidates>> byLocal)
      throws IOException {
    Set<String> imds = forms(IMDS);
    for (String row = rows.readLine(); row != null; row = rows.readLine()) {
      List<Candidates> fitting = byLocal.getOrDefault(local(row), List.of());
      if (fitting.isEmpty()) {
        continue;
      }
      String[] cells = row.strip().split(" +", INODE + 2);
      if (cells.length <= INODE
          || cells[INODE].equals(ORPHANED)
          || NOT_CONNECTED.contains(cells[STATE])) {
        continue;
      }
      for (Candidates each : fitting) {
        if (each.exactRemotes.contains(cells[REMOTE])) {
          each.exact.add(Long.parseLong(cells[UID]));
        } else if (imds.contains(cells[REMOTE])) {
          each.redirected.add(Long.parseLong(cells[UID]));
        }
      }
    }
  }

  /** The local address without cutting up the whole row: {@code " 12: ADDRESS:PORT …"}. */
  private static String local(String row) {
    int start = row.indexOf(": ") + 2;
    int end = row.indexOf(' ', start);
    return start < 2 || end < 0 ? "" : row.substring(start, end);
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

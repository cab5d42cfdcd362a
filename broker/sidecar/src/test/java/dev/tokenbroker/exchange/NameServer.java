package dev.tokenbroker.exchange;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A DNS server over UDP that knows IPv4 addresses (RFC 1035 §4), and loses queries on demand. */
final class NameServer implements AutoCloseable {

  private static final int HEADER_BYTES = 12;
  private static final int TYPE_A = 1;
  private static final int CLASS_IN = 1;

  /** Response, recursion desired and available. */
  private static final int FLAGS = 0x8180;

  private static final int NAME_ERROR = 3;

  /** A pointer to the name in the question, RFC 1035 §4.1.4. */
  private static final int POINTER = 0xC000 | HEADER_BYTES;

  private record Addresses(int ttl, List<String> values) {}

  private final DatagramSocket socket;
  private final Map<String, Addresses> names = new ConcurrentHashMap<>();
  private final AtomicInteger losses = new AtomicInteger();

  NameServer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
    Thread thread = new Thread(this::serve, "name server");
    thread.setDaemon(true);
    thread.start();
  }

  /** The address and port, as Vert.x takes them. */
  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** From now on the name has these addresses, in this order; {@code ttl} is in seconds. */
  void answer(String name, int ttl, String... addresses) {
    names.put(name, new Addresses(ttl, List.of(addresses)));
  }

  /** So many of the next queries for IPv4 addresses of known names get no answer. */
  void lose(int queries) {
    losses.set(queries);
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket query = new DatagramPacket(new byte[512], 512);
        socket.receive(query);
        byte[] response = respond(Arrays.copyOf(query.getData(), query.getLength()));
        if (response.length > 0) {
          socket.send(new DatagramPacket(response, response.length, query.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Empty: the query is lost. */
  private byte[] respond(byte[] query) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(query);
    int id = in.getShort(0);
    in.position(HEADER_BYTES);
    StringBuilder name = new StringBuilder();
    for (int length = in.get(); length > 0; length = in.get()) {
      name.append(name.isEmpty() ? "" : ".");
      for (int i = 0; i < length; i++) {
        name.append((char) in.get());
      }
    }
    boolean ipv4 = in.getShort() == TYPE_A;
    in.getShort();
    Addresses known = names.get(name.toString());
    if (known != null && ipv4 && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return new byte[0];
    }
    List<String> answers = known == null || !ipv4 ? List.of() : known.values();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(id);
    out.writeShort(known == null ? FLAGS | NAME_ERROR : FLAGS);
    out.writeShort(1);
    out.writeShort(answers.size());
    out.writeInt(0);
    out.write(query, HEADER_BYTES, in.position() - HEADER_BYTES);
    for (String answer : answers) {
      byte[] address = InetAddress.getByName(answer).getAddress();
      out.writeShort(POINTER);
      out.writeShort(TYPE_A);
      out.writeShort(CLASS_IN);
      out.writeInt(known == null ? 0 : known.ttl());
      out.writeShort(address.length);
      out.write(address);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}

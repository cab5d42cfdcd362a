package dev.tokenbroker.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** A corporate proxy: opens tunnels by CONNECT, or says no. */
public final class ConnectProxy implements AutoCloseable {

  private final ServerSocket server;
  private volatile Optional<String> refusal;
  private final OptionalInt everything;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private ConnectProxy(Optional<String> refusal, OptionalInt everything) {
    this.refusal = refusal;
    this.everything = everything;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    background(this::acceptAll);
  }

  public static ConnectProxy tunneling() {
    return new ConnectProxy(Optional.empty(), OptionalInt.empty());
  }

  /** Whatever host is asked for, the tunnel leads to this port of this machine. */
  public static ConnectProxy leadingTo(int port) {
    return new ConnectProxy(Optional.empty(), OptionalInt.of(port));
  }

  public static ConnectProxy refusing(String status) {
    return new ConnectProxy(Optional.of(status), OptionalInt.empty());
  }

  /** From now on it says this instead, such as {@code 403 Forbidden}; empty: it tunnels. */
  public void refuse(Optional<String> status) {
    refusal = status;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The heads of all requests so far. */
  public List<String> requests() {
    return requests;
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = server.accept();
        background(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try {
      String head = readHead(client.getInputStream());
      requests.add(head);
      Optional<String> no = refusal;
      if (no.isPresent()) {
        answer(client, no.get() + "\r\nContent-Length: 0");
        return;
      }
      String[] target = head.substring("CONNECT ".length(), head.indexOf(" HTTP")).split(":", 2);
      Socket upstream =
          everything.isPresent()
              ? new Socket("127.0.0.1", everything.getAsInt())
              : new Socket(target[0], Integer.parseInt(target[1]));
      answer(client, "200 Connection established");
      background(() -> copy(client, upstream));
      copy(upstream, client);
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed");
      }
      head.append((char) c);
    }
    return head.toString();
  }

  private static void answer(Socket client, String status) throws IOException {
    client
        .getOutputStream()
        .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private static void background(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

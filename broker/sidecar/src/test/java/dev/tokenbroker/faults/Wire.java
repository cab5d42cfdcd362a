package dev.tokenbroker.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The cable between the broker and Entra: it counts connections, and breaks in several ways. */
final class Wire implements AutoCloseable {

  /** What it does with a connection. */
  enum Mode {
    WHOLE,
    /** Accepts and never says a word, as a host that has lost its power. */
    SILENT,
    RESETTING,
    /** Sends bytes that are no TLS. */
    GARBAGE
  }

  private static final Random NOISE = new Random(6);

  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile ServerSocket server;
  private volatile Mode mode = Mode.WHOLE;
  private volatile int target;

  Wire(int target) {
    this.target = target;
    server = listen(0);
    port = server.getLocalPort();
  }

  int port() {
    return port;
  }

  /** How often anybody has connected: no exchange is possible without. */
  int connections() {
    return connections.get();
  }

  void mode(Mode next) {
    mode = next;
  }

  /** Leads elsewhere from now on. */
  void leadTo(int otherTarget) {
    target = otherTarget;
  }

  /** Nobody listens any more: connections are refused. */
  void cut() {
    close(server);
  }

  void mend() {
    server = listen(port);
  }

  private ServerSocket listen(int at) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
      background(() -> acceptAll(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        connections.incrementAndGet();
        open.add(client);
        background(() -> serve(client));
      }
    } catch (IOException closed) {
      // Cut, or the test is over.
    }
  }

  private void serve(Socket client) {
    try {
      switch (mode) {
        case SILENT -> client.getInputStream().skip(Long.MAX_VALUE);
        case RESETTING -> {
          client.setSoLinger(true, 0);
          close(client);
        }
        case GARBAGE -> {
          byte[] noise = new byte[4096];
          NOISE.nextBytes(noise);
          client.getOutputStream().write(noise);
          close(client);
        }
        case WHOLE -> connect(client);
      }
    } catch (IOException e) {
      close(client);
    }
  }

  private void connect(Socket client) throws IOException {
    Socket entra = new Socket(InetAddress.getLoopbackAddress(), target);
    open.add(entra);
    background(() -> copy(client, entra));
    copy(entra, client);
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone; so goes the other.
    }
    close(from);
    close(to);
    open.remove(from);
    open.remove(to);
  }

  private static void background(Runnable task) {
    Thread thread = new Thread(task, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closed is closed.
    }
  }

  @Override
  public void close() {
    cut();
    open.forEach(Wire::close);
  }
}

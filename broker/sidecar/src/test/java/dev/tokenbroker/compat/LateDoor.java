package dev.tokenbroker.compat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port that is closed until a broker behind it is to be there. The broker itself starts before,
 * so that a busy machine does not make it later than it should be.
 */
final class LateDoor implements AutoCloseable {

  private final int behind;
  private final int port;
  private ServerSocket server;

  LateDoor(int behind) throws IOException {
    this.behind = behind;
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.port = server.getLocalPort();
    server.close();
  }

  int port() {
    return port;
  }

  void open() throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    inBackground(this::letIn);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void letIn() throws IOException {
    while (true) {
      Socket client = server.accept();
      Socket broker = new Socket("127.0.0.1", behind);
      inBackground(() -> pass(client, broker));
      inBackground(() -> pass(broker, client));
    }
  }

  private static void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException gone) {
                // One side has closed; so does the other.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}

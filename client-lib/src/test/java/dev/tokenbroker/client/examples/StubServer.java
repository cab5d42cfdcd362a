package dev.tokenbroker.client.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that speaks as much of a protocol as a login needs. */
final class StubServer implements AutoCloseable {

  interface Protocol {
    void serve(Socket socket) throws IOException;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket server;

  StubServer(Protocol protocol) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(() -> accept(protocol));
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private void accept(Protocol protocol) {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> serve(protocol, socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void serve(Protocol protocol, Socket socket) {
    try (socket) {
      protocol.serve(socket);
    } catch (IOException gone) {
      // The client has hung up.
    }
  }
}

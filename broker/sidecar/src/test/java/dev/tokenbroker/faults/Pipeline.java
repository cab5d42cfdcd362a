package dev.tokenbroker.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Sends requests in bursts and counts the answers by their first line: a client that costs little.
 */
final class Pipeline implements AutoCloseable {

  private final Socket socket;
  private final byte[] buffer = new byte[64 * 1024];

  Pipeline(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(120_000);
  }

  /** Sends the burst and reads until so many answers with this status have come. */
  void exchange(String burst, int answers, int status) throws IOException {
    socket.getOutputStream().write(burst.getBytes(StandardCharsets.ISO_8859_1));
    byte[] line = ("HTTP/1.1 " + status + " ").getBytes(StandardCharsets.ISO_8859_1);
    InputStream in = socket.getInputStream();
    int matched = 0;
    int seen = 0;
    while (seen < answers) {
      int length = in.read(buffer);
      if (length < 0) {
        throw new IOException("closed after " + seen + " of " + answers + " answers");
      }
      for (int i = 0; i < length; i++) {
        matched = buffer[i] == line[matched] ? matched + 1 : buffer[i] == line[0] ? 1 : 0;
        if (matched == line.length) {
          seen++;
          matched = 0;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

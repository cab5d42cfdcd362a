package dev.tokenbroker.compat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * TLS as TDS 7 wants it: the handshake goes in packets of the type of PRELOGIN, all that follows
 * goes bare.
 */
final class TdsTls {

  private static final int PRELOGIN = 0x12;

  private TdsTls() {}

  static SSLContext context() throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .rsa2048()
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    KeyManager[] keys = certificate.toKeyManagerFactory().getKeyManagers();
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(keys, null, null);
    return context;
  }

  static TdsStream accept(SSLContext context, Socket client) throws IOException {
    Wrapped wrapped = new Wrapped(client);
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(wrapped, "localhost", 1433, false);
    secure.setUseClientMode(false);
    // TLS 1.3 ends its handshake later than TDS 7 thinks.
    secure.setEnabledProtocols(new String[] {"TLSv1.2"});
    secure.startHandshake();
    wrapped.handshakeOver();
    return new TdsStream(secure.getInputStream(), secure.getOutputStream());
  }

  /** The socket as TLS sees it: no packets. */
  private static final class Wrapped extends Socket {

    private final Socket client;
    private final TdsStream packets;
    private InputStream current = new ByteArrayInputStream(new byte[0]);
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private boolean handshaking = true;

    Wrapped(Socket client) throws IOException {
      this.client = client;
      this.packets = new TdsStream(client.getInputStream(), client.getOutputStream());
    }

    void handshakeOver() throws IOException {
      sendFlight();
      handshaking = false;
    }

    /** The ODBC driver wants all that TLS has to say before it listens again in one message. */
    private void sendFlight() throws IOException {
      if (flight.size() > 0) {
        byte[] message = flight.toByteArray();
        flight.reset();
        client.getOutputStream().write(TdsStream.packet(PRELOGIN, message, message.length));
        client.getOutputStream().flush();
      }
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = current.read(bytes, offset, length);
          if (read > 0) {
            return read;
          }
          if (!handshaking) {
            return client.getInputStream().read(bytes, offset, length);
          }
          sendFlight();
          current = new ByteArrayInputStream(packets.read(PRELOGIN));
          return current.read(bytes, offset, length);
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          if (handshaking) {
            flight.write(bytes, offset, length);
          } else {
            client.getOutputStream().write(bytes, offset, length);
            client.getOutputStream().flush();
          }
        }
      };
    }

    @Override
    public synchronized void close() throws IOException {
      client.close();
    }
  }
}

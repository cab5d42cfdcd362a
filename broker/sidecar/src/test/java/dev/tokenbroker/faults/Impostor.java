package dev.tokenbroker.faults;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Says over TLS that it is Entra, with a certificate that nobody has signed. */
final class Impostor implements AutoCloseable {

  private static final char[] PASSWORD = "impostor".toCharArray();

  private final SSLServerSocket server;
  private final AtomicInteger bytesRead = new AtomicInteger();

  Impostor() {
    try {
      X509Bundle certificate =
          new CertificateBuilder()
              .subject("CN=localhost")
              .addSanDnsName("localhost")
              .rsa2048()
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      KeyStore store = certificate.toKeyStore("PKCS12", PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      server =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    Thread thread = new Thread(this::acceptAll, "impostor");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** What it got to read: nothing, since nobody trusts it. */
  int bytesRead() {
    return bytesRead.get();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try (SSLSocket client = (SSLSocket) server.accept()) {
        while (client.getInputStream().read() >= 0) {
          bytesRead.incrementAndGet();
        }
      } catch (IOException e) {
        // The handshake failed, as it should.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

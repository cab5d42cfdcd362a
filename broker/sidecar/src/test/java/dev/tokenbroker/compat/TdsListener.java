package dev.tokenbroker.compat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * As much of SQL Server as it takes to see the token that a driver logs in with: it negotiates
 * encryption, asks for a federated token unless the login brings one, keeps it, and turns the login
 * down. The numbers are those of MS-TDS ("Tabular Data Stream Protocol").
 */
public final class TdsListener implements AutoCloseable {

  private static final int PRELOGIN = 0x12;
  private static final int LOGIN7 = 0x10;
  private static final int FEDAUTH_TOKEN = 0x08;

  private static final String STS_URL = "https://login.windows.net/common";
  private static final int TIMEOUT_MILLIS = 60_000;

  private final ServerSocket server;
  private final SSLContext tls = TdsTls.context();
  private final String spn;
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  /** Listens on a free port, and wants tokens for this resource. */
  public TdsListener(String spn) throws Exception {
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.spn = spn;
    Thread thread = new Thread(this::accept, "tds-listener");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The token of the first login that came so far. */
  public Optional<String> token() {
    return tokens.stream().findFirst();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.setSoTimeout(TIMEOUT_MILLIS);
        login(client);
      } catch (IOException gone) {
        // A driver that has got no token goes away; its own message says why.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void login(Socket client) throws IOException {
    TdsStream plain = new TdsStream(client.getInputStream(), client.getOutputStream());
    plain.read(PRELOGIN);
    plain.write(TdsReplies.prelogin());
    TdsStream secure = TdsTls.accept(tls, client);
    Optional<String> early = TdsLogin.token(secure.read(LOGIN7));
    if (early.isPresent()) {
      tokens.add(early.get());
    } else {
      secure.write(TdsReplies.federatedAuthenticationInfo(STS_URL, spn));
      tokens.add(counted(secure.read(FEDAUTH_TOKEN)));
    }
    secure.write(TdsReplies.refusal("The listener has seen the token"));
  }

  /** The length of all, the length of the token, the token. */
  private static String counted(byte[] message) {
    int length = TdsReplies.littleEndian(message, 4);
    return new String(message, 8, length, StandardCharsets.UTF_16LE);
  }
}

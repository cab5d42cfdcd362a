package dev.tokenbroker.compat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

  /** Listens on a free port, and wants tokens for this resource. */
  public TdsListener(String spn) throws Exception {
    this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.spn = spn;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The token of the next login. */
  public String awaitToken() throws IOException {
    try (Socket client = server.accept()) {
      client.setSoTimeout(TIMEOUT_MILLIS);
      return login(client);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private String login(Socket client) throws IOException {
    TdsStream plain = new TdsStream(client.getInputStream(), client.getOutputStream());
    plain.read(PRELOGIN);
    plain.write(TdsReplies.prelogin());
    TdsStream secure = TdsTls.accept(tls, client);
    Optional<String> brought = TdsLogin.token(secure.read(LOGIN7));
    if (brought.isPresent()) {
      secure.write(TdsReplies.refusal("The listener has seen the token"));
      return brought.get();
    }
    secure.write(TdsReplies.federatedAuthenticationInfo(STS_URL, spn));
    byte[] message = secure.read(FEDAUTH_TOKEN);
    secure.write(TdsReplies.refusal("The listener has seen the token"));
    // The length of all, the length of the token, the token.
    int length = TdsReplies.littleEndian(message, 4);
    return new String(message, 8, length, StandardCharsets.UTF_16LE);
  }
}

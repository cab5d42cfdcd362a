package dev.tokenbroker.compat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/**
 * As much of SQL Server as it takes to see the token that a driver logs in with: it negotiates
 * encryption, asks for a federated token, prints the one it gets, and turns the login down. The
 * numbers are those of MS-TDS ("Tabular Data Stream Protocol").
 */
public final class TdsListener {

  private static final int PRELOGIN = 0x12;
  private static final int LOGIN7 = 0x10;
  private static final int FEDAUTH_TOKEN = 0x08;

  private static final String STS_URL = "https://login.windows.net/common";
  private static final String SPN = "https://database.windows.net/";

  private TdsListener() {}

  /** Prints its port, then a token for each login. */
  public static void main(String[] args) throws Exception {
    SSLContext tls = TdsTls.context();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      System.out.println(server.getLocalPort());
      while (true) {
        Socket client = server.accept();
        try (client) {
          client.setSoTimeout(60_000);
          System.out.println(login(client, tls));
        } catch (IOException gone) {
          System.out.println("no token: " + gone);
        }
      }
    }
  }

  private static String login(Socket client, SSLContext tls) throws IOException {
    TdsStream plain = new TdsStream(client.getInputStream(), client.getOutputStream());
    plain.read(PRELOGIN);
    plain.write(TdsReplies.prelogin());
    TdsStream secure = TdsTls.accept(tls, client);
    secure.read(LOGIN7);
    secure.write(TdsReplies.federatedAuthenticationInfo(STS_URL, SPN));
    byte[] message = secure.read(FEDAUTH_TOKEN);
    secure.write(TdsReplies.refusal("The listener has seen the token"));
    // The length of all, the length of the token, the token.
    int length = TdsReplies.littleEndian(message, 4);
    return new String(message, 8, length, StandardCharsets.UTF_16LE);
  }
}

package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tokenbroker.client.PackagedBroker;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real drivers, up to the password in their login; the server then turns them away. */
class TokenAsPasswordIT {

  private static final String RESOURCE = "https://ossrdbms-aad.database.windows.net";

  private static PackagedBroker broker;
  private final List<String> logins = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    broker = PackagedBroker.started();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void postgresqlGetsTheTokenAsThePassword() throws Exception {
    try (StubServer server = new StubServer(this::servePostgresql)) {
      open("jdbc:postgresql://127.0.0.1:" + server.port() + "/db?sslmode=disable");
    }
    assertThat(logins).hasSize(1);
    PackagedBroker.assertIsFor(RESOURCE, logins.get(0));
  }

  @Test
  void mysqlGetsTheTokenAsThePasswordOverTls() throws Exception {
    try (StubServer server = new StubServer(this::serveMysql)) {
      open("jdbc:mysql://127.0.0.1:" + server.port() + "/db?sslMode=REQUIRED");
    }
    String token = broker.client().token(RESOURCE).value();
    assertThat(logins).singleElement().asString().contains("app\0").contains(token + "\0");
  }

  private void open(String url) {
    HikariConfig config = TokenAsPassword.pool(url, "app", broker.client());
    assertThatThrownBy(() -> new HikariDataSource(config)).hasMessageContaining("that will do");
  }

  /** PostgreSQL's manual, "Message Formats": start-up, cleartext password asked for, an error. */
  private void servePostgresql(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    in.skipNBytes(in.readInt() - 4);
    out.writeByte('R');
    out.writeInt(8);
    out.writeInt(3);
    in.readByte();
    byte[] password = in.readNBytes(in.readInt() - 4);
    logins.add(text(password).replace("\0", ""));
    byte[] error = bytes("SFATAL\0C28P01\0Mthat will do\0\0");
    out.writeByte('E');
    out.writeInt(4 + error.length);
    out.write(error);
  }

  /** MySQL's manual, "Connection Phase": greeting, request for TLS, login, an error. */
  private void serveMysql(Socket socket) throws IOException {
    byte[] greeting =
        bytes(
            "\n8.0.0\0" // protocol 10, version
                + "\1\0\0\0" // connection
                + "12345678\0" // scramble, part one
                + "\u00df\u00ff" // capabilities, lower half: all but compression
                + "\u00ff\2\0" // character set, status
                + "\u000f\0" // capabilities, upper half: plug-in authentication among them
                + "\u0015" // length of the scramble
                + "\0\0\0\0\0\0\0\0\0\0"
                + "123456789012\0" // scramble, part two
                + "mysql_clear_password\0");
    packet(socket, 0, greeting);
    read(socket);
    try (SSLSocket secure = secured(socket)) {
      logins.add(text(read(secure)));
      packet(secure, 3, bytes("\u00ff\u0015\4#28000that will do"));
    }
  }

  private static byte[] read(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] head = in.readNBytes(4);
    return in.readNBytes((head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16);
  }

  private static void packet(Socket socket, int number, byte[] body) throws IOException {
    byte[] packet = new byte[4 + body.length];
    packet[0] = (byte) body.length;
    packet[3] = (byte) number;
    System.arraycopy(body, 0, packet, 4, body.length);
    socket.getOutputStream().write(packet);
  }

  /** With the self-signed certificate that WireMock brings. */
  private static SSLSocket secured(Socket socket) throws IOException {
    try (InputStream file = TokenAsPasswordIT.class.getResourceAsStream("/keystore")) {
      KeyStore store = KeyStore.getInstance("JKS");
      store.load(file, "password".toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, "password".toCharArray());
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys.getKeyManagers(), null, null);
      SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, "127.0.0.1", 0, true);
      secure.setUseClientMode(false);
      return secure;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

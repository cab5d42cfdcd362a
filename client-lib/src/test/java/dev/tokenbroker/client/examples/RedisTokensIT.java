package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.client.PackagedBroker;
import dev.tokenbroker.client.TokenClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.authentication.AuthXManager;

class RedisTokensIT {

  private final List<List<String>> commands = new CopyOnWriteArrayList<>();

  @Test
  void everyConnectionAuthenticatesWithTheBrokersToken() throws Exception {
    try (PackagedBroker broker = PackagedBroker.started();
        StubServer redis = new StubServer(this::serve)) {
      TokenClient tokens = broker.client();
      AuthXManager login = RedisTokens.login("object-id", tokens);
      try (JedisPooled jedis =
          new JedisPooled(
              new HostAndPort("127.0.0.1", redis.port()),
              DefaultJedisClientConfig.builder().authXManager(login).build())) {
        assertThat(jedis.get("key")).isEqualTo("OK");
      } finally {
        login.stop();
      }

      String token = tokens.token("https://redis.azure.com").value();
      PackagedBroker.assertIsFor("https://redis.azure.com", token);
      assertThat(commands).contains(List.of("AUTH", "object-id", token));
    }
  }

  /** Understands every command and finds it all right. */
  private void serve(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String head = in.readLine(); head != null; head = in.readLine()) {
      List<String> command = new ArrayList<>();
      for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
        in.readLine(); // the length
        command.add(in.readLine());
      }
      commands.add(command);
      socket.getOutputStream().write("$2\r\nOK\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}

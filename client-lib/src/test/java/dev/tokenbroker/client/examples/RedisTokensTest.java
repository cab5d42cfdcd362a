package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.client.Reply;
import dev.tokenbroker.client.StubBroker;
import dev.tokenbroker.client.TokenClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.authentication.AuthXManager;

class RedisTokensTest {

  private final List<List<String>> commands = new CopyOnWriteArrayList<>();

  @Test
  void everyConnectionAuthenticatesWithTheBrokersToken() throws Exception {
    try (StubBroker broker = new StubBroker();
        StubServer redis = new StubServer(this::serve)) {
      broker.answers(Reply.token("t1", Instant.now().plusSeconds(3600)));
      TokenClient tokens = TokenClient.builder().broker(broker.base()).build();
      AuthXManager login = RedisTokens.login("object-id", tokens);
      try (JedisPooled jedis =
          new JedisPooled(
              new HostAndPort("127.0.0.1", redis.port()),
              DefaultJedisClientConfig.builder().authXManager(login).build())) {
        assertThat(jedis.get("key")).isEqualTo("OK");
      } finally {
        login.stop();
      }

      assertThat(commands).contains(List.of("AUTH", "object-id", "t1"));
      assertThat(broker.onlySeen().query()).containsEntry("resource", "https://redis.azure.com");
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

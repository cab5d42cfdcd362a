package dev.tokenbroker.client;

import java.time.Duration;
import java.util.Map;

/** A client beside a broker, both under a hand-moved clock. */
final class ClientRig implements AutoCloseable {

  static final String VAULT = "https://vault.azure.net";

  final ManualTime time = new ManualTime();
  final StubBroker broker = new StubBroker();
  final TokenClient client = builder().build();

  /** With an empty environment, so that the developer's own does not matter. */
  TokenClientBuilder builder() {
    return TokenClient.builder().environment(Map.of()).time(time).broker(broker.base());
  }

  Reply token(String value, Duration life) {
    return Reply.token(value, time.now().plus(life));
  }

  String endpoint() {
    return broker.base() + "/metadata/identity/oauth2/token";
  }

  @Override
  public void close() {
    broker.close();
  }
}

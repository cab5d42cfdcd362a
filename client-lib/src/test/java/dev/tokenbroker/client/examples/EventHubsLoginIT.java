package dev.tokenbroker.client.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.client.PackagedBroker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventHubsLoginIT {

  private static PackagedBroker broker;

  /** Kafka makes the handler from its class, so that it cannot be given a client. */
  public static final class Login extends EventHubsLogin {
    public Login() {
      super(broker.client());
    }
  }

  @BeforeAll
  static void start() {
    broker = PackagedBroker.started();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aProducerLogsInWithATokenForItsNamespace() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", "127.0.0.1:1",
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "OAUTHBEARER",
            "sasl.login.callback.handler.class", Login.class,
            "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()).close();

    assertThat(broker.scopesExchanged()).contains("https://127.0.0.1/.default");
  }

  @Test
  void kafkasLoginModuleHoldsTheBrokersToken() throws Exception {
    EventHubsLogin login = new Login();
    login.configure(
        Map.of("bootstrap.servers", List.of("hub.servicebus.windows.net:9093")),
        "OAUTHBEARER",
        List.of());
    Subject subject = new Subject();
    OAuthBearerLoginModule module = new OAuthBearerLoginModule();
    module.initialize(subject, login, Map.of(), Map.of());
    assertThat(module.login()).isTrue();
    assertThat(module.commit()).isTrue();

    Set<OAuthBearerToken> held = subject.getPrivateCredentials(OAuthBearerToken.class);
    assertThat(held).hasSize(1);
    PackagedBroker.assertIsFor(
        "https://hub.servicebus.windows.net", held.iterator().next().value());
  }
}

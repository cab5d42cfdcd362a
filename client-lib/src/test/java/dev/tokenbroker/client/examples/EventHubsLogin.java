package dev.tokenbroker.client.examples;

import dev.tokenbroker.client.Token;
import dev.tokenbroker.client.TokenClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;

/** Kafka's OAUTHBEARER login for Event Hubs; Kafka calls it again before the token ends. */
public class EventHubsLogin implements AuthenticateCallbackHandler {

  private final TokenClient tokens;
  private String resource = "";

  public EventHubsLogin() {
    this(TokenClient.create());
  }

  EventHubsLogin(TokenClient tokens) {
    this.tokens = tokens;
  }

  @Override
  public void configure(
      Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> jaas) {
    List<?> servers = (List<?>) settings.get("bootstrap.servers");
    resource = "https://" + servers.get(0).toString().replaceAll(":\\d+$", "");
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      if (!(callback instanceof OAuthBearerTokenCallback wanted)) {
        throw new UnsupportedCallbackException(callback);
      }
      wanted.token(new BearerToken(tokens.token(resource)));
    }
  }

  @Override
  public void close() {}

  private record BearerToken(Token token) implements OAuthBearerToken {

    @Override
    public String value() {
      return token.value();
    }

    @Override
    public Set<String> scope() {
      return Set.of();
    }

    @Override
    public long lifetimeMs() {
      return token.expiresAt().toEpochMilli();
    }

    @Override
    public String principalName() {
      return "token-broker";
    }

    @Override
    public Long startTimeMs() {
      return null;
    }
  }
}

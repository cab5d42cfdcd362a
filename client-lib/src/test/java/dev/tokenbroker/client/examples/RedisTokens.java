package dev.tokenbroker.client.examples;

import dev.tokenbroker.client.Token;
import dev.tokenbroker.client.TokenClient;
import java.util.Map;
import redis.clients.authentication.core.SimpleToken;
import redis.clients.authentication.core.TokenAuthConfig;
import redis.clients.jedis.authentication.AuthXManager;

/**
 * For Azure Managed Redis with Jedis 5.3 and later, which authenticates its open connections anew
 * at 80 % of a token's life.
 */
public final class RedisTokens {

  private static final String RESOURCE = "https://redis.azure.com";

  private RedisTokens() {}

  /**
   * @param user the object id of the identity
   */
  static AuthXManager login(String user, TokenClient tokens) {
    return new AuthXManager(
        TokenAuthConfig.builder()
            .identityProviderConfig(() -> () -> redisToken(user, tokens.token(RESOURCE)))
            .expirationRefreshRatio(0.8f)
            .lowerRefreshBoundMillis(60_000)
            .tokenRequestExecTimeoutInMs(30_000)
            .maxAttemptsToRetry(5)
            .delayInMsToRetry(1_000)
            .build());
  }

  private static SimpleToken redisToken(String user, Token token) {
    long now = System.currentTimeMillis();
    return new SimpleToken(user, token.value(), token.expiresAt().toEpochMilli(), now, Map.of());
  }
}

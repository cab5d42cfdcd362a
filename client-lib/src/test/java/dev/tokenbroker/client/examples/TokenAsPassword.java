package dev.tokenbroker.client.examples;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import dev.tokenbroker.client.TokenClient;

/**
 * For Azure Database for PostgreSQL and for MySQL, which take a token as the password: asked for
 * whenever the pool opens a connection.
 */
public final class TokenAsPassword implements HikariCredentialsProvider {

  private static final String RESOURCE = "https://ossrdbms-aad.database.windows.net";

  private final String user;
  private final TokenClient tokens;

  TokenAsPassword(String user, TokenClient tokens) {
    this.user = user;
    this.tokens = tokens;
  }

  @Override
  public Credentials getCredentials() {
    return Credentials.of(user, tokens.token(RESOURCE).value());
  }

  static HikariConfig pool(String url, String user, TokenClient tokens) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setCredentialsProvider(new TokenAsPassword(user, tokens));
    return config;
  }
}

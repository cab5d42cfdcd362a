package dev.tokenbroker.client;

import com.microsoft.sqlserver.jdbc.SQLServerAccessTokenCallback;
import com.microsoft.sqlserver.jdbc.SqlAuthenticationToken;
import java.util.Optional;
import java.util.Set;

/**
 * For the SQL Server JDBC driver, 12.4 and later: a token for each connection, from the broker in
 * this pod and without azure-identity. Named in the URL, it needs no code at all:
 *
 * <pre>{@code
 * jdbc:sqlserver://…;accessTokenCallbackClass=dev.tokenbroker.client.SqlServerTokenCallback
 * }</pre>
 *
 * <p>It hands out tokens for Azure SQL only, whatever the server asks for: a server that could name
 * the resource could ask for the app's key vault.
 */
@SuppressWarnings("exports") // module-info says why
public final class SqlServerTokenCallback implements SQLServerAccessTokenCallback {

  /** Azure SQL in the public, the US Government and the China cloud. */
  private static final Set<String> RESOURCES =
      Set.of(
          "https://database.windows.net/",
          "https://database.usgovcloudapi.net/",
          "https://database.chinacloudapi.cn/");

  private final TokenClient client;

  /**
   * As the driver makes it: every default of {@link TokenClient#create()}, and one client for all
   * connections of the process, because the driver makes a new callback for each.
   *
   * @throws IllegalStateException as {@link TokenClient#create()} does
   */
  public SqlServerTokenCallback() {
    this(Shared.client());
  }

  /**
   * Tokens from a client of the app's own making.
   *
   * @param client who asks the broker
   */
  public SqlServerTokenCallback(TokenClient client) {
    this.client = client;
  }

  /**
   * Called by the driver for each connection that it opens.
   *
   * @param spn the resource that the server names, such as {@code https://database.windows.net/}
   * @param stsurl the authority that the server names; not used, as the broker knows its own
   * @return a token that has not ended
   * @throws IllegalArgumentException if the server asks for a token that is not for Azure SQL
   * @throws TokenException as {@link TokenClient#token} does
   */
  @Override
  public SqlAuthenticationToken getAccessToken(String spn, String stsurl) {
    String resource = spn.endsWith("/") ? spn : spn + "/";
    if (!RESOURCES.contains(resource)) {
      throw new IllegalArgumentException(
          "The SQL server asks for a token for "
              + spn
              + ", which is not Azure SQL: it could use that token elsewhere");
    }
    Token token = client.token(spn);
    return new SqlAuthenticationToken(token.value(), token.expiresAt().toEpochMilli());
  }

  /** Made at the first use; a wrong environment is told again at the next one. */
  private static final class Shared {

    private static final Object LOCK = new Object();
    private static Optional<TokenClient> made = Optional.empty();

    static TokenClient client() {
      synchronized (LOCK) {
        if (made.isEmpty()) {
          made = Optional.of(TokenClient.create());
        }
        return made.get();
      }
    }
  }
}

package dev.tokenbroker.client.examples;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tokenbroker.client.SqlServerTokenCallback;
import dev.tokenbroker.client.TokenClient;

/** A pool of connections to Azure SQL, each opened with a token of its own time. */
public final class OrdersDatabase {

  private OrdersDatabase() {}

  /** Without code: the driver finds the callback by its name in the URL. */
  static HikariConfig byUrl(String server) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:sqlserver://"
            + server
            + ";databaseName=orders;encrypt=true"
            + ";accessTokenCallbackClass=dev.tokenbroker.client.SqlServerTokenCallback");
    return config;
  }

  /** With a client of your own, for another identity or other deadlines. */
  static HikariConfig byClient(String server, TokenClient tokens) {
    SQLServerDataSource database = new SQLServerDataSource();
    database.setServerName(server);
    database.setDatabaseName("orders");
    database.setAccessTokenCallback(new SqlServerTokenCallback(tokens));
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    return config;
  }

  public static void main(String[] arguments) throws Exception {
    try (HikariDataSource pool = new HikariDataSource(byUrl(arguments[0]));
        var connection = pool.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT SUSER_SNAME()")) {
      rows.next();
      System.out.println("Connected as " + rows.getString(1));
    }
  }
}

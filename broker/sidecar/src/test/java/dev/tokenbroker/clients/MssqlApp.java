package dev.tokenbroker.clients;

import java.sql.DriverManager;

/** An app that opens a database by mssql-jdbc, at the port {@code SQL_PORT}. */
public final class MssqlApp {

  private MssqlApp() {}

  /** Arguments: the resource, and kind and id of an identity if one is meant. */
  public static void main(String[] args) throws Exception {
    ClientVersion.print("com.microsoft.sqlserver", "mssql-jdbc");
    String url =
        "jdbc:sqlserver://127.0.0.1:"
            + System.getenv("SQL_PORT")
            + ";encrypt=true;trustServerCertificate=true;authentication=ActiveDirectoryMSI;loginTimeout=15"
            + (args.length > 1 ? ";msiClientId=" + args[2] : "");
    DriverManager.getConnection(url).close();
  }
}

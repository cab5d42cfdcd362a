package dev.tokenbroker.clients;

import dev.tokenbroker.compat.TdsListener;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** An app that opens a database by mssql-jdbc; the token is what arrives in the driver's login. */
public final class MssqlApp {

  private MssqlApp() {}

  /** Arguments: the resource, and kind and id of an identity if one is meant. Prints the token. */
  public static void main(String[] args) throws Exception {
    try (TdsListener server = new TdsListener(args[0])) {
      CompletableFuture<String> token = new CompletableFuture<>();
      new Thread(() -> await(server, token)).start();
      String url =
          "jdbc:sqlserver://127.0.0.1:%d;encrypt=true;trustServerCertificate=true;"
                  .formatted(server.port())
              + "authentication=ActiveDirectoryManagedIdentity"
              + (args.length > 1 ? ";msiClientId=" + args[2] : "");
      try (var connection = DriverManager.getConnection(url)) {
        throw new IllegalStateException("the listener lets nobody in: " + connection);
      } catch (SQLException refused) {
        System.err.println(refused.getMessage());
      }
      System.out.println(token.getNow("no token came"));
    }
  }

  private static void await(TdsListener server, CompletableFuture<String> token) {
    try {
      token.complete(server.awaitToken());
    } catch (Exception e) {
      token.completeExceptionally(e);
    }
  }
}

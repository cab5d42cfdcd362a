package dev.tokenbroker.compat;

import java.util.List;

/**
 * A SQL Server for one login: runs a client that logs in at {@code SQL_PORT}, and prints the token
 * that arrived.
 */
public final class SqlLogin {

  private SqlLogin() {}

  /** Arguments: the resource that the server names, then the client's command. */
  public static void main(String[] args) throws Exception {
    try (TdsListener server = new TdsListener(args[0])) {
      ProcessBuilder client = new ProcessBuilder(List.of(args).subList(1, args.length)).inheritIO();
      client.environment().put("SQL_PORT", Integer.toString(server.port()));
      client.start().waitFor();
      server.token().ifPresent(System.out::println);
      System.exit(server.token().isPresent() ? 0 : 1);
    }
  }
}

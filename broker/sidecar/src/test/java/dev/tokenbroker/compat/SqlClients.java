package dev.tokenbroker.compat;

import static dev.tokenbroker.compat.CompatClient.command;
import static dev.tokenbroker.compat.CompiledClients.MSI;
import static dev.tokenbroker.compat.CompiledClients.TAKEN_FOR_CLOUD_SHELL;
import static dev.tokenbroker.compat.Reach.CLOUD_SHELL;
import static dev.tokenbroker.compat.Reach.ENV;
import static dev.tokenbroker.compat.Reach.IDENTITY_ENDPOINT;
import static dev.tokenbroker.compat.Reach.MSI_ENDPOINT;
import static dev.tokenbroker.compat.Reach.POD_IDENTITY_HOST;
import static dev.tokenbroker.compat.Reach.REDIRECT;
import static dev.tokenbroker.compat.ScriptClients.CLOUD_SHELL_ONE;
import static dev.tokenbroker.compat.ScriptClients.NAMED;
import static dev.tokenbroker.compat.Selection.CLIENT_ID;
import static dev.tokenbroker.compat.Selection.OBJECT_ID;
import static dev.tokenbroker.compat.Selection.SYSTEM;

import java.util.List;
import java.util.Set;

/** Drivers of SQL Server, up to the token that arrives in their login. */
final class SqlClients {

  private static final String NO_SLASH = "https://database.windows.net";
  private static final String DATABASE = NO_SLASH + "/";
  private static final List<String> SERVER =
      List.of("{java}", "-cp", "{classpath}", SqlLogin.class.getName(), DATABASE);
  private static final List<String> ODBC =
      command(
          SERVER,
          "env",
          "LD_LIBRARY_PATH={clients}/odbc/native",
          "{clients}/odbc/bin/python",
          "{src}/odbc/client.py");

  static final List<CompatClient> ALL =
      List.of(
          jdbc("mssql-jdbc 13, ActiveDirectoryMSI", "", "{classpath}")
              .limited(MSI, NAMED, "not supported in CLOUD_SHELL", TAKEN_FOR_CLOUD_SHELL),
          jdbc("mssql-jdbc 11, ActiveDirectoryMSI", "mssql-11", "{clients}/mssql-11/*:{classpath}")
              .ignoring(CLOUD_SHELL, POD_IDENTITY_HOST),
          new CompatClient(
                  "Microsoft ODBC driver 18 by pyodbc, ActiveDirectoryMSI",
                  "all",
                  "odbc",
                  command(ODBC, "pyodbc"))
              .asking(DATABASE)
              .naming(SYSTEM, CLIENT_ID, OBJECT_ID)
              .ignoring(MSI_ENDPOINT, CLOUD_SHELL, POD_IDENTITY_HOST)
              .limited(
                  Set.of(ENV, IDENTITY_ENDPOINT),
                  Set.of(OBJECT_ID),
                  "Login timeout expired",
                  "By `IDENTITY_ENDPOINT` it sends any `UID` as `client_id`.")
              .limited(
                  Set.of(REDIRECT),
                  Set.of(CLIENT_ID),
                  "Login timeout expired",
                  "Redirected it sends any `UID` as `object_id`.")
              .remarked("Tried up to the token in its login, as all drivers here."),
          new CompatClient(
                  "Microsoft mssql-python, ActiveDirectoryMSI",
                  "python",
                  "odbc",
                  command(ODBC, "mssql_python"))
              .asking(NO_SLASH)
              .naming(SYSTEM, CLIENT_ID)
              .limited(Set.of(CLOUD_SHELL), NAMED, "cloud shell", CLOUD_SHELL_ONE)
              .remarked("Asks Python azure-identity, not the driver."),
          new CompatClient(
                  "turbodbc, ActiveDirectoryMSI", "all", "turbodbc", command(ODBC, "turbodbc"))
              .asking(DATABASE)
              .naming(SYSTEM, OBJECT_ID)
              .ignoring(MSI_ENDPOINT, CLOUD_SHELL, POD_IDENTITY_HOST));

  private SqlClients() {}

  private static CompatClient jdbc(String name, String installed, String classpath) {
    return new CompatClient(
            name,
            "java",
            installed,
            command(SERVER, "{java}", "-cp", classpath, "dev.tokenbroker.clients.MssqlApp"))
        .asking(DATABASE)
        .naming(SYSTEM, CLIENT_ID);
  }
}

import org.jspecify.annotations.NullMarked;

/**
 * Microsoft Entra tokens for a Java app, from the token broker in its pod. The Azure SDK and the
 * SQL Server driver are needed only by an app that uses them.
 */
@NullMarked
// Not transitive: who uses them requires them already, and who does not could not compile.
@SuppressWarnings("requires-automatic")
module dev.tokenbroker.client {
  requires java.net.http;
  requires static org.jspecify;
  requires static com.azure.core;
  requires static com.microsoft.sqlserver.jdbc;
  requires static reactor.core;

  exports dev.tokenbroker.client;
}

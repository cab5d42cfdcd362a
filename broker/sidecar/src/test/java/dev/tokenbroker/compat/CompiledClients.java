package dev.tokenbroker.compat;

import static dev.tokenbroker.compat.CompatClient.command;
import static dev.tokenbroker.compat.Reach.CLOUD_SHELL;
import static dev.tokenbroker.compat.Reach.IDENTITY_ENDPOINT;
import static dev.tokenbroker.compat.Reach.MSI_ENDPOINT;
import static dev.tokenbroker.compat.Reach.POD_IDENTITY_HOST;
import static dev.tokenbroker.compat.ScriptClients.AZURE_ML;
import static dev.tokenbroker.compat.ScriptClients.CLOUD_SHELL_ONE;
import static dev.tokenbroker.compat.ScriptClients.NAMED;
import static dev.tokenbroker.compat.ScriptClients.NOT_BY_CLIENT_ID;
import static dev.tokenbroker.compat.ScriptClients.PAST_THE_BROKER;
import static dev.tokenbroker.compat.Selection.CLIENT_ID;
import static dev.tokenbroker.compat.Selection.RESOURCE_ID;
import static dev.tokenbroker.compat.Selection.SYSTEM;

import java.util.List;
import java.util.Set;

/** Azure SDKs of Go and Java. */
final class CompiledClients {

  static final Set<Reach> MSI = Set.of(MSI_ENDPOINT, CLOUD_SHELL);
  static final String TAKEN_FOR_CLOUD_SHELL =
      "Takes `MSI_ENDPOINT` for Cloud Shell, with or without `MSI_SECRET`: one identity.";

  private static final List<String> GO_CLIENT = List.of("{clients}/go/client");
  private static final List<String> JAVA_CLIENT = List.of("{java}", "-cp", "{classpath}");

  static final List<CompatClient> GO =
      List.of(
          new CompatClient(
                  "azidentity (Go), ManagedIdentityCredential",
                  "go",
                  "go",
                  command(GO_CLIENT, "azidentity"))
              .ignoring(POD_IDENTITY_HOST)
              .limited(Set.of(MSI_ENDPOINT), NOT_BY_CLIENT_ID, "by client ID only", AZURE_ML)
              .limited(
                  Set.of(CLOUD_SHELL),
                  NAMED,
                  "doesn't support user-assigned managed identities",
                  CLOUD_SHELL_ONE),
          new CompatClient(
                  "azidentity (Go), DefaultAzureCredential",
                  "go",
                  "go",
                  command(GO_CLIENT, "default"))
              .naming(SYSTEM)
              .ignoring(POD_IDENTITY_HOST)
              .remarked(PAST_THE_BROKER),
          new CompatClient("go-autorest adal (Go)", "go", "go", command(GO_CLIENT, "adal"))
              .naming(SYSTEM, CLIENT_ID, RESOURCE_ID)
              .ignoring(IDENTITY_ENDPOINT, POD_IDENTITY_HOST)
              .remarked("Needs `token-broker env --pair msi`."));

  static final List<CompatClient> JAVA =
      List.of(
          new CompatClient(
                  "azure-identity (Java), ManagedIdentityCredential",
                  "java",
                  "",
                  command(JAVA_CLIENT, "dev.tokenbroker.clients.AzureIdentityApp"))
              .limited(MSI, NAMED, "not supported in CLOUD_SHELL", TAKEN_FOR_CLOUD_SHELL),
          new CompatClient(
                  "azure-identity (Java), DefaultAzureCredential",
                  "java",
                  "",
                  command(JAVA_CLIENT, "dev.tokenbroker.clients.DefaultAzureApp"))
              .naming(SYSTEM, CLIENT_ID, RESOURCE_ID)
              .limited(
                  MSI, NAMED, "ManagedIdentityCredential is unavailable", TAKEN_FOR_CLOUD_SHELL)
              .remarked(PAST_THE_BROKER),
          new CompatClient(
                  "msal4j (Java)",
                  "java",
                  "",
                  command(JAVA_CLIENT, "dev.tokenbroker.clients.MsalApp"))
              .limited(MSI, NAMED, "Cloud Shell", TAKEN_FOR_CLOUD_SHELL));

  private CompiledClients() {}
}

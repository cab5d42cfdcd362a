package dev.tokenbroker.compat;

import static dev.tokenbroker.compat.CompatClient.command;
import static dev.tokenbroker.compat.Reach.CLOUD_SHELL;
import static dev.tokenbroker.compat.Reach.MSI_ENDPOINT;
import static dev.tokenbroker.compat.Selection.CLIENT_ID;
import static dev.tokenbroker.compat.Selection.OBJECT_ID;
import static dev.tokenbroker.compat.Selection.RESOURCE_ID;
import static dev.tokenbroker.compat.Selection.SYSTEM;

import java.util.List;
import java.util.Set;

/** Azure SDKs of Python and JavaScript. */
final class ScriptClients {

  static final Set<Selection> NAMED = Set.of(CLIENT_ID, OBJECT_ID, RESOURCE_ID);
  static final Set<Selection> NOT_BY_CLIENT_ID = Set.of(OBJECT_ID, RESOURCE_ID);
  static final String CLOUD_SHELL_ONE = "Takes `MSI_ENDPOINT` alone for Cloud Shell: one identity.";
  static final String AZURE_ML = "By `MSI_ENDPOINT` it names identities by client id only.";
  static final String PAST_THE_BROKER =
      "With `AZURE_FEDERATED_TOKEN_FILE` in its container it goes to Entra itself.";

  private static final List<String> PYTHON_CLIENT =
      List.of("{clients}/python/bin/python", "{src}/python/client.py");
  private static final List<String> NODE_CLIENT = List.of("node", "{clients}/node/client.js");

  static final List<CompatClient> PYTHON =
      List.of(
          new CompatClient(
                  "azure-identity (Python), ManagedIdentityCredential",
                  "python",
                  "python",
                  command(PYTHON_CLIENT, "azure-identity"))
              .limited(
                  Set.of(CLOUD_SHELL),
                  Set.of(CLIENT_ID),
                  "client_id should not be set for cloud shell",
                  CLOUD_SHELL_ONE)
              .limited(
                  Set.of(CLOUD_SHELL),
                  NOT_BY_CLIENT_ID,
                  "identity_config must not contain",
                  CLOUD_SHELL_ONE),
          new CompatClient(
                  "azure-identity (Python), DefaultAzureCredential",
                  "python",
                  "python",
                  command(PYTHON_CLIENT, "default"))
              .naming(SYSTEM, CLIENT_ID)
              .remarked(PAST_THE_BROKER),
          new CompatClient("MSAL (Python)", "python", "python", command(PYTHON_CLIENT, "msal"))
              .ignoring(CLOUD_SHELL));

  static final List<CompatClient> JAVASCRIPT =
      List.of(
          new CompatClient(
                  "@azure/identity, ManagedIdentityCredential",
                  "js",
                  "node",
                  command(NODE_CLIENT, "azure-identity"))
              .limited(
                  Set.of(MSI_ENDPOINT), NOT_BY_CLIENT_ID, "Only client id is supported", AZURE_ML)
              .limited(
                  Set.of(CLOUD_SHELL), NAMED, "is not supported for CloudShell", CLOUD_SHELL_ONE),
          new CompatClient(
                  "@azure/identity, DefaultAzureCredential",
                  "js",
                  "node",
                  command(NODE_CLIENT, "default"))
              .naming(SYSTEM, CLIENT_ID)
              .limited(
                  Set.of(CLOUD_SHELL),
                  NAMED,
                  "ChainedTokenCredential authentication failed",
                  CLOUD_SHELL_ONE)
              .remarked(PAST_THE_BROKER),
          new CompatClient("@azure/msal-node", "js", "node", command(NODE_CLIENT, "msal"))
              .limited(
                  Set.of(MSI_ENDPOINT), NOT_BY_CLIENT_ID, "Only client id is supported", AZURE_ML)
              .limited(Set.of(CLOUD_SHELL), NAMED, "can only be system assigned", CLOUD_SHELL_ONE));

  private ScriptClients() {}
}

package dev.tokenbroker.compat;

import static dev.tokenbroker.compat.Reach.IDENTITY_ENDPOINT;
import static dev.tokenbroker.compat.Reach.MSI_ENDPOINT;
import static dev.tokenbroker.compat.Reach.POD_IDENTITY_HOST;
import static dev.tokenbroker.compat.Reach.REDIRECT;
import static dev.tokenbroker.compat.Selection.CLIENT_ID;
import static dev.tokenbroker.compat.Selection.OBJECT_ID;
import static dev.tokenbroker.compat.Selection.RESOURCE_ID;
import static dev.tokenbroker.compat.Selection.SYSTEM;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A client as it is installed.
 *
 * @param name what a reader looks for
 * @param installed the step of the install script that brings it; empty if nothing need be
 *     installed
 * @param command what to run, relative to the folder of the clients; the resource and the selection
 *     follow
 * @param reaches the ways by which it finds the broker
 * @param selections the identities it can name
 * @param remark what a reader should know
 * @param azureMlRefusal what the client says when it is asked, by MSI_ENDPOINT, for an identity
 *     that is not named by client id: some take these variables for Azure ML, which knows no other;
 *     empty if it asks all the same
 */
record CompatClient(
    String name,
    String installed,
    List<String> command,
    Set<Reach> reaches,
    Set<Selection> selections,
    String remark,
    String azureMlRefusal) {

  private static final String MSAL_SAYS = "Only client id is supported";
  private static final String GO_SAYS = "by client ID only";

  private static final Set<Selection> ALL_SELECTIONS =
      Set.of(SYSTEM, CLIENT_ID, OBJECT_ID, RESOURCE_ID);
  private static final List<String> PYTHON =
      List.of("{clients}/python/bin/python", "{src}/python/client.py");
  private static final List<String> NODE = List.of("node", "{clients}/node/client.js");
  private static final List<String> GO = List.of("{clients}/go/client");
  private static final List<String> JAVA = List.of("{java}", "-cp", "{classpath}");

  private CompatClient(
      String name,
      String installed,
      List<String> command,
      Set<Reach> reaches,
      Set<Selection> selections,
      String remark) {
    this(name, installed, command, reaches, selections, remark, "");
  }

  /** What the client says if it cannot ask in this way: its own limit, not the broker's. */
  Optional<String> ownLimit(Reach reach, Selection selection) {
    boolean byClientId = selection == SYSTEM || selection == CLIENT_ID;
    return reach == MSI_ENDPOINT && !byClientId && !azureMlRefusal.isEmpty()
        ? Optional.of(azureMlRefusal)
        : Optional.empty();
  }

  static final List<CompatClient> ALL =
      List.of(
          new CompatClient(
              "Python azure-identity 1.27, ManagedIdentityCredential",
              "python",
              with(PYTHON, "azure-identity"),
              Set.of(Reach.values()),
              ALL_SELECTIONS,
              ""),
          new CompatClient(
              "Python azure-identity 1.27, DefaultAzureCredential",
              "python",
              with(PYTHON, "default"),
              Set.of(Reach.values()),
              Set.of(SYSTEM, CLIENT_ID),
              "With `AZURE_FEDERATED_TOKEN_FILE` in its container it goes to Entra itself."),
          new CompatClient(
              "Python MSAL 1.39",
              "python",
              with(PYTHON, "msal"),
              Set.of(Reach.values()),
              ALL_SELECTIONS,
              ""),
          new CompatClient(
              "JavaScript @azure/identity 4.13, ManagedIdentityCredential",
              "node",
              with(NODE, "azure-identity"),
              Set.of(Reach.values()),
              ALL_SELECTIONS,
              "",
              MSAL_SAYS),
          new CompatClient(
              "JavaScript @azure/identity 4.13, DefaultAzureCredential",
              "node",
              with(NODE, "default"),
              Set.of(Reach.values()),
              Set.of(SYSTEM, CLIENT_ID),
              "With `AZURE_FEDERATED_TOKEN_FILE` in its container it goes to Entra itself."),
          new CompatClient(
              "JavaScript @azure/msal-node 7.2",
              "node",
              with(NODE, "msal"),
              Set.of(Reach.values()),
              ALL_SELECTIONS,
              "",
              MSAL_SAYS),
          new CompatClient(
              "Go azidentity 1.15, ManagedIdentityCredential",
              "go",
              with(GO, "azidentity"),
              Set.of(IDENTITY_ENDPOINT, MSI_ENDPOINT, REDIRECT),
              ALL_SELECTIONS,
              "It ignores `AZURE_POD_IDENTITY_AUTHORITY_HOST`.",
              GO_SAYS),
          new CompatClient(
              "Go azidentity 1.15, DefaultAzureCredential",
              "go",
              with(GO, "default"),
              Set.of(IDENTITY_ENDPOINT, MSI_ENDPOINT, REDIRECT),
              Set.of(SYSTEM),
              "It ignores `AZURE_POD_IDENTITY_AUTHORITY_HOST`."),
          new CompatClient(
              "Go go-autorest adal 0.9.24",
              "go",
              with(GO, "adal"),
              Set.of(MSI_ENDPOINT, REDIRECT),
              Set.of(SYSTEM, CLIENT_ID, RESOURCE_ID),
              "It knows neither `IDENTITY_ENDPOINT` nor `AZURE_POD_IDENTITY_AUTHORITY_HOST`."),
          new CompatClient(
              "Java azure-identity 1.18, ManagedIdentityCredential",
              "",
              with(JAVA, "dev.tokenbroker.clients.AzureIdentityApp"),
              Set.of(IDENTITY_ENDPOINT, POD_IDENTITY_HOST, REDIRECT),
              ALL_SELECTIONS,
              ""),
          new CompatClient(
              "Java msal4j 1.26",
              "",
              with(JAVA, "dev.tokenbroker.clients.MsalApp"),
              Set.of(IDENTITY_ENDPOINT, POD_IDENTITY_HOST, REDIRECT),
              ALL_SELECTIONS,
              ""),
          new CompatClient(
              "Java mssql-jdbc 13.4, ActiveDirectoryManagedIdentity",
              "",
              with(JAVA, "dev.tokenbroker.clients.MssqlApp"),
              Set.of(IDENTITY_ENDPOINT, POD_IDENTITY_HOST, REDIRECT),
              Set.of(SYSTEM, CLIENT_ID),
              "Up to the token that arrives in its login."),
          new CompatClient(
              "azure-cli 2.91, az login --identity",
              "az",
              List.of("{src}/az/client"),
              Set.of(IDENTITY_ENDPOINT, REDIRECT),
              ALL_SELECTIONS,
              "Two tokens of two resources after one login."),
          new CompatClient(
              "curl",
              "",
              List.of("{src}/curl/client"),
              Set.of(REDIRECT),
              ALL_SELECTIONS,
              "Without a redirect, the URL of the broker in the script does as well."));

  private static List<String> with(List<String> command, String library) {
    return Stream.concat(command.stream(), Stream.of(library)).toList();
  }
}

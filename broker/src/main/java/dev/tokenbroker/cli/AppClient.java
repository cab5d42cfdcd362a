package dev.tokenbroker.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The clients that find the broker by variables alone, and which variables each of them follows.
 * None of them is ever empty, and none makes a client think it runs on Azure Arc or Service Fabric
 * ({@code IMDS_ENDPOINT}, {@code IDENTITY_SERVER_THUMBPRINT}).
 */
enum AppClient {
  /** azure-identity and MSAL for Python. */
  PYTHON(true, false, true, false),
  /** The JavaScript packages: azure/identity and msal-node. */
  JS(true, false, true, false),
  /** azure-identity, msal4j, mssql-jdbc; msal4j would take MSI_ENDPOINT alone for Cloud Shell. */
  JAVA(true, false, true, false),
  /** azidentity by the first pair, go-autorest by the second. */
  GO(true, true, false, false),
  /** Azure.Identity and Microsoft.Data.SqlClient. */
  DOTNET(true, false, true, false),
  /** az from 2.73 on by the first pair, older ones by the second. */
  AZ(true, true, false, false),
  /** The azurerm provider has variables of its own. */
  TERRAFORM(false, false, false, true),
  /** Whatever runs in the container. */
  ALL(true, true, true, true);

  private static final String DIRECT = "127.0.0.1,localhost,169.254.169.254";

  private final boolean appService;
  private final boolean msi;
  private final boolean podIdentity;
  private final boolean terraform;

  AppClient(boolean appService, boolean msi, boolean podIdentity, boolean terraform) {
    this.appService = appService;
    this.msi = msi;
    this.podIdentity = podIdentity;
    this.terraform = terraform;
  }

  /**
   * The variables, in the order to print them.
   *
   * @param url the broker, {@code http://host:port}
   * @param secret what the app must show
   */
  Map<String, String> variables(String url, String secret) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (appService) {
      variables.put("IDENTITY_ENDPOINT", url + "/msi/token");
      variables.put("IDENTITY_HEADER", secret);
    }
    if (msi) {
      variables.put("MSI_ENDPOINT", url + "/msi/token");
      variables.put("MSI_SECRET", secret);
    }
    if (podIdentity) {
      variables.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", url);
    }
    if (terraform) {
      variables.put("ARM_USE_MSI", "true");
      variables.put("ARM_MSI_ENDPOINT", url + "/metadata/identity/oauth2/token");
    }
    // A proxy in the app's environment would otherwise be asked for 127.0.0.1 (JS and Python do).
    variables.put("NO_PROXY", DIRECT);
    variables.put("no_proxy", DIRECT);
    return variables;
  }
}

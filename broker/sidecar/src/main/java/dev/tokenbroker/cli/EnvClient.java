package dev.tokenbroker.cli;

import dev.tokenbroker.tls.TrustFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The clients that find the broker by variables alone, and which variables each of them follows.
 * None of them is ever empty, and none makes a client think it runs on Azure Arc or Service Fabric
 * ({@code IMDS_ENDPOINT}, {@code IDENTITY_SERVER_THUMBPRINT}).
 */
public enum EnvClient {
  /** azure-identity and MSAL for Python. */
  PYTHON(true, false),
  /** The JavaScript packages: azure/identity and msal-node. */
  JS(true, false),
  /** azure-identity, msal4j, mssql-jdbc; msal4j would take MSI_ENDPOINT alone for Cloud Shell. */
  JAVA(true, false),
  /** azidentity; go-autorest needs {@link VariablePair#MSI}. */
  GO(false, false),
  /** Azure.Identity and Microsoft.Data.SqlClient. */
  DOTNET(true, false),
  /** az from 2.73 on; older ones need {@link VariablePair#MSI}. */
  AZ(false, false),
  /** The azurerm provider has variables of its own; backends follow the pair. */
  TERRAFORM(false, true),
  /** az with {@code --federated-token}, by the authority on loopback. */
  AZ_FEDERATED,
  /** The workload identity credentials of the SDKs, by the authority on loopback. */
  WORKLOAD_IDENTITY,
  /** Whatever asks for a managed identity: only what harms no client, as the injector gives it. */
  ALL(true, false);

  /**
   * How an app of the same pod reaches the broker.
   *
   * @param url the managed identity endpoints, {@code http://host:port}
   * @param secret what the app must show there
   * @param authority the authority on loopback, {@code https://localhost:port}
   * @param caFile its CA, if the broker writes one
   */
  record BrokerAddress(String url, String secret, String authority, Optional<Path> caFile) {

    @Override
    public String toString() {
      return "BrokerAddress[" + url + ", " + authority + "]";
    }
  }

  private static final String DIRECT = "127.0.0.1,localhost,169.254.169.254";

  private final boolean podIdentity;
  private final boolean terraform;

  EnvClient() {
    this(false, false);
  }

  EnvClient(boolean podIdentity, boolean terraform) {
    this.podIdentity = podIdentity;
    this.terraform = terraform;
  }

  /**
   * The variables, in the order to print them.
   *
   * @param pair for managed identity; the authority on loopback has no such choice
   */
  Map<String, String> variables(BrokerAddress broker, VariablePair pair) {
    Map<String, String> variables =
        switch (this) {
          case AZ_FEDERATED -> azFederated(broker);
          case WORKLOAD_IDENTITY -> workloadIdentity(broker);
          default -> managedIdentity(broker.url(), broker.secret(), pair);
        };
    // A proxy in the app's environment would otherwise be asked for 127.0.0.1 (JS and Python do).
    variables.put("NO_PROXY", DIRECT);
    variables.put("no_proxy", DIRECT);
    return variables;
  }

  /** What must be run once, with the variables set; most clients need nothing. */
  List<String> commands(BrokerAddress broker) {
    return this == AZ_FEDERATED ? azCommands(broker) : List.of();
  }

  /** As an option names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Map<String, String> managedIdentity(String url, String secret, VariablePair pair) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (pair.identity()) {
      variables.put("IDENTITY_ENDPOINT", url + "/msi/token");
      variables.put("IDENTITY_HEADER", secret);
    }
    if (podIdentity) {
      variables.put("AZURE_POD_IDENTITY_AUTHORITY_HOST", url);
    }
    if (pair.msi()) {
      variables.put("MSI_ENDPOINT", url + "/msi/token");
      variables.put("MSI_SECRET", secret);
    }
    if (terraform) {
      variables.put("ARM_USE_MSI", "true");
      variables.put("ARM_MSI_ENDPOINT", url + "/metadata/identity/oauth2/token");
    }
    return variables;
  }

  /** For the workload identity credentials of the Azure SDKs. */
  private static Map<String, String> workloadIdentity(BrokerAddress broker) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AZURE_AUTHORITY_HOST", broker.authority() + "/");
    broker
        .caFile()
        .map(TrustFiles::new)
        .ifPresent(
            trust -> {
              String bundle = trust.bundle().toString();
              // Python; Go, .NET and everything on OpenSSL; Node.js, which adds to its own; Java.
              variables.put("REQUESTS_CA_BUNDLE", bundle);
              variables.put("SSL_CERT_FILE", bundle);
              variables.put("NODE_EXTRA_CA_CERTS", trust.caFile().toString());
              variables.put("JAVA_TOOL_OPTIONS", trustStore(trust));
            });
    return variables;
  }

  /** For az with {@code --federated-token}. */
  private static Map<String, String> azFederated(BrokerAddress broker) {
    Map<String, String> variables = new LinkedHashMap<>();
    // Else az asks login.microsoftonline.com whether there is such an authority.
    variables.put("AZURE_CORE_INSTANCE_DISCOVERY", "false");
    broker
        .caFile()
        .map(TrustFiles::new)
        .ifPresent(trust -> variables.put("REQUESTS_CA_BUNDLE", trust.bundle().toString()));
    return variables;
  }

  /** What az must be told once, before it logs in; of the cloud in use all else stays. */
  private static List<String> azCommands(BrokerAddress broker) {
    return List.of(
        "az cloud update --endpoint-active-directory " + broker.authority() + " --output none");
  }

  private static String trustStore(TrustFiles trust) {
    return "-Djavax.net.ssl.trustStore="
        + trust.trustStore()
        + " -Djavax.net.ssl.trustStorePassword="
        + TrustFiles.TRUST_STORE_PASSWORD;
  }
}

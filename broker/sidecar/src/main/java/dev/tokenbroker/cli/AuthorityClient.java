package dev.tokenbroker.cli;

import dev.tokenbroker.tls.TrustFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes clients that bring the federated token themselves ask the authority on loopback, and
 * trust its certificate.
 */
final class AuthorityClient {

  private AuthorityClient() {}

  /** For the workload identity credentials of the Azure SDKs. */
  static Map<String, String> workloadIdentity(BrokerAddress broker) {
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
  static Map<String, String> az(BrokerAddress broker) {
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
  static List<String> azCommands(BrokerAddress broker) {
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

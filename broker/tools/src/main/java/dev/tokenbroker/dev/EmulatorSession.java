package dev.tokenbroker.dev;

import dev.tokenbroker.emulator.EmulatedPod;
import java.util.HashMap;
import java.util.Map;

/** {@code token-broker dev --emulator}: a pod beside an emulated Entra, and what to try there. */
public final class EmulatorSession {

  private static final String UNTRUSTED = "cccccccc-0000-0000-0000-00000000000c";

  /** Starts the emulator; returns the variables that a broker in the emulated pod has. */
  public Map<String, String> start() {
    Map<String, String> environment = new HashMap<>(new EmulatedPod().environment());
    environment.remove("BROKER_LISTEN");
    environment.remove("BROKER_ADMIN_LISTEN");
    environment.put("BROKER_PREFETCH", "https://vault.azure.net");
    return environment;
  }

  /**
   * Lines to paste into a shell, with a comment each.
   *
   * @param url the broker, {@code http://host:port}
   * @param adminUrl its probes and metrics
   */
  public String examples(String url, String adminUrl) {
    return """
        # A token for Key Vault, as a legacy app asks for it
        curl -s -H Metadata:true '%1$s/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net'

        # Another identity by its client id; one by its object id, as the SQL Server ODBC driver asks
        curl -s -H Metadata:true '%1$s/metadata/identity/oauth2/token?resource=https://storage.azure.com/&client_id=%3$s'
        curl -s -H Metadata:true '%1$s/metadata/identity/oauth2/token?resource=https://database.windows.net/&object_id=%4$s'

        # The way of App Service
        curl -s -H X-IDENTITY-HEADER:any '%1$s/msi/token?api-version=2019-08-01&resource=https://vault.azure.net'

        # What Entra's refusal looks like: cause and fix
        curl -s -H Metadata:true '%1$s/metadata/identity/oauth2/token?resource=https://vault.azure.net&client_id=%5$s'

        # What the kubelet and Prometheus see
        curl -s %2$s/readyz
        curl -s %2$s/metrics

        """
        .formatted(
            url, adminUrl, EmulatedPod.REPORTS.clientId(), EmulatedPod.APP.objectId(), UNTRUSTED);
  }
}

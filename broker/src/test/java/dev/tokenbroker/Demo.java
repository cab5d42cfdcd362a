package dev.tokenbroker;

import dev.tokenbroker.cli.logging.Logging;
import dev.tokenbroker.config.BrokerConfig;
import dev.tokenbroker.config.LogFormat;
import dev.tokenbroker.config.LogLevel;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts a broker on the emulated Entra and prints what to paste into another terminal. */
public final class Demo {

  private static final String UNTRUSTED = "cccccccc-0000-0000-0000-00000000000c";

  private Demo() {}

  public static void main(String[] args) throws InterruptedException {
    Logging.install(LogFormat.TEXT, LogLevel.WARN, System.err);
    Pod pod = new Pod();
    BrokerConfig config =
        pod.config(
            Map.of(
                "BROKER_LISTEN", "127.0.0.1:16925",
                "BROKER_ADMIN_LISTEN", "127.0.0.1:16926",
                "BROKER_PREFETCH", "https://vault.azure.net"));
    Running.await(Broker.start(config));
    print();
    new CountDownLatch(1).await();
  }

  private static void print() {
    String imds = "http://127.0.0.1:16925/metadata/identity/oauth2/token";
    System.out.println(
        """
        token-broker serves tokens of an emulated Entra. Paste these into another terminal:

        # A token for Key Vault, as a legacy app asks for it
        curl -s -H Metadata:true '%1$s?api-version=2018-02-01&resource=https://vault.azure.net'

        # Another identity by its client id; one by its object id, as the SQL Server ODBC driver asks
        curl -s -H Metadata:true '%1$s?resource=https://storage.azure.com/&client_id=%2$s'
        curl -s -H Metadata:true '%1$s?resource=https://database.windows.net/&object_id=%3$s'

        # The way of App Service
        curl -s -H X-IDENTITY-HEADER:any 'http://127.0.0.1:16925/msi/token?api-version=2019-08-01&resource=https://vault.azure.net'

        # What Entra's refusal looks like: cause and fix
        curl -s -H Metadata:true '%1$s?resource=https://vault.azure.net&client_id=%4$s'

        # What the kubelet and Prometheus see
        curl -s http://127.0.0.1:16926/readyz
        curl -s http://127.0.0.1:16926/metrics

        Ctrl-C ends it."""
            .formatted(imds, Pod.REPORTS.clientId(), Pod.APP.objectId(), UNTRUSTED));
  }
}

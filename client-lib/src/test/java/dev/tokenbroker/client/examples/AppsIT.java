package dev.tokenbroker.client.examples;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.tokenbroker.client.PackagedBroker;
import dev.tokenbroker.compat.TdsListener;
import dev.tokenbroker.emulator.EmulatedPod;
import io.netty.pkitesting.CertificateBuilder;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole apps, from {@code main} on, through the packaged broker. */
class AppsIT {

  private static final String VAULT = "https://vault.azure.net";
  private static final String VAULT_HOST = "shop.vault.azure.net";
  private static final String DATABASE = "https://database.windows.net/";
  private static final String PASSWORD = "changeit";

  private static PackagedBroker broker;

  @BeforeAll
  static void start() {
    broker = PackagedBroker.started();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void theAzureSdkReadsASecretOfAVault(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("vault.p12");
    try (OutputStream out = Files.newOutputStream(keys)) {
      new CertificateBuilder()
          .subject("CN=" + VAULT_HOST)
          .addSanDnsName(VAULT_HOST)
          .rsa2048()
          .setIsCertificateAuthority(true)
          .buildSelfSigned()
          .toKeyStore("PKCS12", PASSWORD.toCharArray())
          .store(out, PASSWORD.toCharArray());
    }
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + VAULT_HOST + "\n");
    WireMockServer vault = vault(keys);
    try {
      AppProcess.Ended app =
          AppProcess.run(
              ReadSecret.class,
              broker.appVariables(),
              List.of(
                  "-Djdk.net.hosts.file=" + hosts,
                  "-Djavax.net.ssl.trustStore=" + keys,
                  "-Djavax.net.ssl.trustStorePassword=" + PASSWORD),
              "https://" + VAULT_HOST + ":" + vault.httpsPort(),
              "order-key");

      assertThat(app.said()).contains("The secret has 6 characters");
      assertThat(app.exitCode()).isZero();
      PackagedBroker.assertIsFor(VAULT, bearer(vault));
    } finally {
      vault.stop();
    }
  }

  @Test
  void theSqlServerDriverLogsInByTheCallbackNamedInItsUrl() throws Exception {
    try (TdsListener server = new TdsListener(DATABASE)) {
      AppProcess.Ended app =
          AppProcess.run(
              OrdersDatabase.class,
              broker.appVariables(),
              List.of(),
              "127.0.0.1:" + server.port() + ";trustServerCertificate=true");

      assertThat(app.said()).contains("The listener has seen the token");
      String token = server.token().orElseThrow();
      PackagedBroker.assertIsFor(DATABASE, token);
      assertThat(app.said()).doesNotContain(token);
    }
  }

  private static WireMockServer vault(Path keys) {
    WireMockServer vault =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(keys.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
    String challenge =
        "Bearer authorization=\"https://login.microsoftonline.com/%s\", resource=\"%s\""
            .formatted(EmulatedPod.TENANT, VAULT);
    vault.stubFor(
        get(urlPathEqualTo("/secrets/order-key/"))
            .withHeader("Authorization", absent())
            .willReturn(unauthorized().withHeader("WWW-Authenticate", challenge)));
    vault.stubFor(
        get(urlPathEqualTo("/secrets/order-key/"))
            .withHeader("Authorization", matching("Bearer .+"))
            .willReturn(okJson("{\"value\":\"s3cret\",\"id\":\"%s\"}".formatted(secretId()))));
    vault.start();
    return vault;
  }

  private static String secretId() {
    return "https://" + VAULT_HOST + "/secrets/order-key/1";
  }

  private static String bearer(WireMockServer vault) {
    return vault
        .findAll(
            getRequestedFor(urlPathEqualTo("/secrets/order-key/"))
                .withHeader("Authorization", matching("Bearer .+")))
        .get(0)
        .getHeader("Authorization")
        .substring("Bearer ".length());
  }
}

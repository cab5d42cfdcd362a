package dev.tokenbroker.config;

import static dev.tokenbroker.config.TestEnvironment.loaded;
import static dev.tokenbroker.config.TestEnvironment.problems;
import static dev.tokenbroker.config.TestEnvironment.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.tls.PemSource;
import io.netty.pkitesting.CertificateBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that AKS injects for identity bindings. */
class TokenProxyTest {

  @TempDir Path folder;

  @Test
  void allOfThemAreTaken() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), pem());

    assertThat(
            loaded(
                    webhook(
                        "AZURE_KUBERNETES_TOKEN_PROXY", "https://10.0.0.1:6443/identity/",
                        "AZURE_KUBERNETES_SNI_NAME", "0123.ests.aks",
                        "AZURE_KUBERNETES_CA_FILE", file.toString()))
                .entra()
                .tokenProxy())
        .contains(
            new TokenProxy(
                URI.create("https://10.0.0.1:6443/identity"),
                Optional.of("0123.ests.aks"),
                Optional.of(new PemSource.FromFile(file))));
  }

  @Test
  void theProxyAloneIsEnoughAndTheCaMayBeGivenDirectly() throws Exception {
    String pem = pem();

    assertThat(proxy("AZURE_KUBERNETES_TOKEN_PROXY", "https://proxy").ca()).isEmpty();
    assertThat(
            proxy("AZURE_KUBERNETES_TOKEN_PROXY", "https://proxy", "AZURE_KUBERNETES_CA_DATA", pem)
                .ca())
        .contains(new PemSource.FromText(pem.strip()));
  }

  @Test
  void theOutboundProxyIsPassedBy() {
    EntraConfig entra =
        loaded(
                webhook(
                    "AZURE_KUBERNETES_TOKEN_PROXY", "https://proxy",
                    "HTTPS_PROXY", "http://corporate:3128"))
            .entra();

    assertThat(entra.tokenProxy()).isPresent();
    assertThat(entra.proxy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy, not https",
    "https://user@proxy, a user name does not belong here",
    "https://proxy?a=b, a query does not belong here",
    "https://proxy#x, a query does not belong here",
    "proxy:6443, not https",
    "https://, not a URL",
  })
  void anAddressThatIsNotAPlainHttpsOneIsAProblem(String url, String reason) {
    assertThat(problems(webhook("AZURE_KUBERNETES_TOKEN_PROXY", url)))
        .singleElement()
        .asString()
        .startsWith("AZURE_KUBERNETES_TOKEN_PROXY: found ")
        .contains("(" + reason + "), expected an https address");
  }

  @Test
  void everyOtherOneWithoutTheProxyIsAProblemAndAllAreNamedAtOnce() throws Exception {
    List<String> problems =
        problems(
            webhook(
                "AZURE_KUBERNETES_SNI_NAME",
                "not a name",
                "AZURE_KUBERNETES_CA_FILE",
                "/nowhere/ca.pem",
                "AZURE_KUBERNETES_CA_DATA",
                pem()));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "AZURE_KUBERNETES_SNI_NAME: found \"not a name\" (not a host name), expected a host"
                + " name",
            "AZURE_KUBERNETES_CA_FILE: found \"/nowhere/ca.pem\" (no such file), expected a"
                + " readable file of PEM certificates",
            alone("AZURE_KUBERNETES_SNI_NAME"),
            alone("AZURE_KUBERNETES_CA_FILE"),
            alone("AZURE_KUBERNETES_CA_DATA"),
            "AZURE_KUBERNETES_CA_DATA: found a value, expected only one of it and"
                + " AZURE_KUBERNETES_CA_FILE");
  }

  private static String alone(String variable) {
    return variable
        + ": found a value, expected AZURE_KUBERNETES_TOKEN_PROXY beside it, or none of the two";
  }

  private static TokenProxy proxy(String... settings) {
    return loaded(webhook(settings)).entra().tokenProxy().orElseThrow();
  }

  private static String pem() throws Exception {
    return new CertificateBuilder()
        .subject("CN=test")
        .setIsCertificateAuthority(true)
        .buildSelfSigned()
        .getCertificatePEM();
  }
}

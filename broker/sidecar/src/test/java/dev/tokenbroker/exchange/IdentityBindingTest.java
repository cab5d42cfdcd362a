package dev.tokenbroker.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenbroker.assertion.FederatedTokenFile;
import dev.tokenbroker.config.OutboundRoute;
import dev.tokenbroker.config.TokenProxy;
import dev.tokenbroker.emulator.AksTokenProxy;
import dev.tokenbroker.emulator.EmulatedPod;
import dev.tokenbroker.emulator.FederatedCredential;
import dev.tokenbroker.emulator.OidcIssuer;
import dev.tokenbroker.tls.PemSource;
import dev.tokenbroker.token.AccessToken;
import dev.tokenbroker.token.TokenFailure;
import dev.tokenbroker.token.TokenFailure.Rejected;
import dev.tokenbroker.token.TokenFailure.Unavailable;
import dev.tokenbroker.token.TokenFailureException;
import dev.tokenbroker.token.TokenKey;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges through the token proxy of AKS identity bindings, over real TLS. */
class IdentityBindingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CLIENT = EmulatedPod.APP.clientId();

  private final Vertx vertx = Vertx.vertx();
  private final OidcIssuer issuer = new OidcIssuer("https://oidc.test/", Clock.systemUTC());
  private final AksTokenProxy proxy = AksTokenProxy.start();
  private final List<EntraExchange> open = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    projectTokenFor(AksTokenProxy.AUDIENCE);
    Files.writeString(caFile(), proxy.caPem());
    proxy.allow(EmulatedPod.APP);
  }

  @AfterEach
  void stop() throws Exception {
    open.forEach(EntraExchange::close);
    proxy.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void theRequestGoesToTheProxyUnderItsPrefixAndAsksForTheServerName() throws Exception {
    ask(exchange(bound()));

    assertThat(proxy.seen())
        .containsExactly(
            new AksTokenProxy.Seen(
                List.of(AksTokenProxy.SERVER_NAME),
                "localhost:" + proxy.url().getPort(),
                "/identity/" + EmulatedPod.TENANT + "/oauth2/v2.0/token"));
  }

  @Test
  void aCertificateForTheProxysHostIsNotEnoughWhereAnotherNameIsAskedFor() throws Exception {
    proxy.renewCertificate("localhost");
    Files.writeString(caFile(), proxy.caPem());

    assertThat(failureOf(exchange(bound())).message())
        .contains("its certificate must be for " + AksTokenProxy.SERVER_NAME)
        .contains("AZURE_KUBERNETES_SNI_NAME");
    assertThat(proxy.seen()).isEmpty();
  }

  @Test
  void withoutAServerNameTheHostIsAskedForAndVerified() throws Exception {
    proxy.renewCertificate("localhost");
    Files.writeString(caFile(), proxy.caPem());
    TokenProxy unnamed =
        new TokenProxy(
            proxy.url(), Optional.empty(), Optional.of(new PemSource.FromFile(caFile())));

    assertThat(failureOf(exchange(unnamed)).message()).contains("status 421");
    assertThat(proxy.seen().get(0).serverNames()).containsExactly("localhost");
  }

  @Test
  void theCaReplacesAllOtherRoots() throws Exception {
    Files.writeString(caFile(), ofAnotherCa());

    Path brokerCa = Files.writeString(folder.resolve("broker-ca.pem"), proxy.caPem());

    assertThat(failureOf(exchange(Optional.of(brokerCa), bound())).message())
        .contains("is not trusted")
        .contains("AZURE_KUBERNETES_CA_FILE");
  }

  @Test
  void theCaMayBeGivenDirectly() throws Exception {
    TokenProxy direct =
        new TokenProxy(
            proxy.url(),
            Optional.of(AksTokenProxy.SERVER_NAME),
            Optional.of(new PemSource.FromText(proxy.caPem())));

    assertThat(ask(exchange(direct)).value()).isNotEmpty();
  }

  @Test
  void aRenewedCaIsReadForTheNextExchange() throws Exception {
    EntraExchange exchange = exchange(bound());
    ask(exchange);
    proxy.renewCertificate(AksTokenProxy.SERVER_NAME);
    assertThat(failureOf(exchange)).isInstanceOf(Unavailable.class);

    Files.writeString(caFile(), proxy.caPem());

    assertThat(ask(exchange).value()).isNotEmpty();
  }

  @Test
  void whileARotationLeavesTheCaFileEmptyMissingOrBrokenTheOldOneStays() throws Exception {
    EntraExchange exchange = exchange(bound());
    ask(exchange);

    Files.writeString(caFile(), "");
    ask(exchange);
    Files.writeString(caFile(), "-----BEGIN CERTIFICATE-----\nMIIB");
    ask(exchange);
    Files.delete(caFile());
    ask(exchange);

    assertThat(proxy.seen()).hasSize(4);
  }

  @Test
  void aCaFileThatWasNeverOfUseIsNamed() throws Exception {
    Files.writeString(caFile(), "");

    assertThat(failureOf(exchange(bound())))
        .isInstanceOf(Unavailable.class)
        .extracting(TokenFailure::message)
        .asString()
        .contains("No certificates to verify the AKS token proxy " + proxy.url())
        .contains("AZURE_KUBERNETES_CA_FILE");
    assertThat(proxy.seen()).isEmpty();
  }

  @Test
  void aForbiddenIdentityIsExplainedAsRbac() {
    Rejected refused = (Rejected) failureOf(exchange(bound()), EmulatedPod.REPORTS.clientId());

    assertThat(refused.message()).isEqualTo("The AKS token proxy answered with status 403");
    assertThat(refused.hint())
        .contains("system:serviceaccount:shop:checkout")
        .contains("use-managed-identity")
        .contains(EmulatedPod.REPORTS.clientId() + ".cid.wi.aks.azure.com");
  }

  @Test
  void aTokenForEntraItselfIsNamedAsTheMismatch() throws Exception {
    projectTokenFor(FederatedCredential.AUDIENCE);

    Rejected refused = (Rejected) failureOf(exchange(bound()));

    assertThat(refused.hint())
        .startsWith("Identity binding mismatch, for AZURE_KUBERNETES_TOKEN_PROXY is set")
        .contains("the pod's token has api://AzureADTokenExchange");
  }

  @Test
  void aProxyThatCannotBeReachedIsNamed() {
    TokenProxy gone =
        new TokenProxy(
            URI.create("https://localhost:1"),
            Optional.of(AksTokenProxy.SERVER_NAME),
            Optional.of(new PemSource.FromFile(caFile())));
    TokenProxy unknown =
        new TokenProxy(URI.create("https://proxy.invalid"), Optional.empty(), gone.ca());

    assertThat(failureOf(exchange(gone)).message())
        .startsWith("No connection to the AKS token proxy https://localhost:1");
    assertThat(failureOf(exchange(unknown)).message())
        .startsWith("The name of the AKS token proxy https://proxy.invalid cannot be resolved");
  }

  private TokenProxy bound() {
    return new TokenProxy(
        proxy.url(),
        Optional.of(AksTokenProxy.SERVER_NAME),
        Optional.of(new PemSource.FromFile(caFile())));
  }

  private EntraExchange exchange(OutboundRoute route) {
    return exchange(Optional.empty(), route);
  }

  private EntraExchange exchange(Optional<Path> caFile, OutboundRoute route) {
    FederatedTokenFile file = new FederatedTokenFile(folder.resolve("token"), Clock.systemUTC());
    EntraExchange exchange =
        new EntraExchange(
            vertx,
            vertx.getOrCreateContext(),
            file,
            ExchangeConfig.entra(caFile, route),
            ExchangeConfig.limits(PATIENCE, 2),
            Clock.systemUTC());
    open.add(exchange);
    return exchange;
  }

  private void projectTokenFor(String audience) throws Exception {
    Files.writeString(
        folder.resolve("token"),
        issuer.serviceAccountToken("shop", "checkout", audience, Duration.ofHours(1)));
  }

  private static String ofAnotherCa() {
    try (AksTokenProxy other = AksTokenProxy.start()) {
      return other.caPem();
    }
  }

  private Path caFile() {
    return folder.resolve("ca.pem");
  }

  private static AccessToken ask(EntraExchange exchange) throws Exception {
    return ask(exchange, CLIENT);
  }

  private static AccessToken ask(EntraExchange exchange, String clientId) throws Exception {
    return exchange
        .token(
            new TokenKey(
                "https://login.microsoftonline.com",
                EmulatedPod.TENANT,
                clientId,
                "https://vault.azure.net/.default"))
        .toCompletionStage()
        .toCompletableFuture()
        .get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static TokenFailure failureOf(EntraExchange exchange) {
    return failureOf(exchange, CLIENT);
  }

  private static TokenFailure failureOf(EntraExchange exchange, String clientId) {
    try {
      throw new AssertionError("there is a token: " + ask(exchange, clientId));
    } catch (ExecutionException e) {
      return ((TokenFailureException) e.getCause()).failure();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
